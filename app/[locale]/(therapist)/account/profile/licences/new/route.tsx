import { accountPage } from "#app/account/account-page.tsx";
import { chosenType, licenceAnswer, readLicence, sentType } from "#app/account/licence-page.tsx";
import { regionGroups } from "#app/reader/region-groups.ts";
import { ChoosePlace, ChooseType } from "#components/editor/licence-steps.tsx";
import type { Page } from "#components/ui/page.ts";
import { lettersOf, typesIn } from "#lib/credentials/claim-choices.ts";
import { saveCredential } from "#lib/credentials/save-credential.ts";
import { NotFoundError } from "#lib/errors.ts";

export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "profile",
  get: ({ page, query }) => {
    const region = query.get("region");
    const typeId = query.get("type");
    if (region === null) return choosePlace(page);
    if (typeId === null) return chooseType(page, region);
    const type = chosenType(typeId, region);
    const typed = {
      letters: [lettersOf(type, region)[0] ?? ""],
      supervised: [type.supervisionRequired ? "yes" : "no"],
    };
    return licenceAnswer(page, type, region, { typed, credential: null });
  },
  post: async ({ page, session, typed }) => {
    const { type, place } = sentType(typed);
    const parsed = readLicence(typed);
    if (!parsed.ok) {
      const { errors } = parsed;
      return licenceAnswer(page, type, place, { typed, errors, credential: null, status: 422 });
    }
    const id = await saveCredential(session, null, parsed.value);
    return { to: `/account/profile/licences/${id}?saved=1` };
  },
});

function choosePlace(page: Page) {
  return {
    title: page.t("editor.addLicence"),
    body: <ChoosePlace page={page} groups={regionGroups(page.locale)} />,
  };
}

function chooseType(page: Page, region: string) {
  const types = typesIn(region);
  if (types.length === 0) throw new NotFoundError();
  return {
    title: page.t("editor.addLicence"),
    body: (
      <ChooseType
        page={page}
        region={region}
        types={types.map((type) => ({
          id: type.id,
          title: type.title[page.locale],
          letters: lettersOf(type, region).slice(0, 4).join(", "),
          kind: page.t(`editor.issuer.${type.issuerKind}`),
        }))}
      />
    ),
  };
}
