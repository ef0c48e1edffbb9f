import { accountPage } from "#app/account/account-page.tsx";
import { chosenType, licenceAnswer, readLicence, sentType } from "#app/account/licence-page.tsx";
import type { Actor } from "#lib/auth/rules.ts";
import { dropCredential, keepCredential } from "#lib/credentials/drop-credential.ts";
import { saveCredential } from "#lib/credentials/save-credential.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { type Typed, typedValue } from "#lib/forms/rules.ts";
import { type ClaimedCredential, getEditorView } from "#lib/revisions/queries.ts";
import { said } from "#lib/revisions/topic.ts";

type Params = { locale: string; id: string };

const list = "/account/profile/licences";

export const { GET, POST } = accountPage<readonly ["therapist"], Params>({
  access: ["therapist"],
  area: "profile",
  get: async ({ page, session, params, query }) => {
    const { credential, frozen } = await requireOwn(session, params.id);
    const place = credential.jurisdiction ?? "";
    const type = chosenType(credential.typeId, place);
    const saved = query.get("saved") === "1";
    return licenceAnswer(page, type, place, { typed: fill(credential), credential, saved, frozen });
  },
  post: async ({ page, session, params, typed }) => {
    const { credential } = await requireOwn(session, params.id);
    const intent = typedValue(typed, "intent");
    if (intent === "drop" || intent === "keep") {
      await (intent === "drop" ? dropCredential : keepCredential)(session, params.id);
      return { to: `${list}?saved=1` };
    }
    const { type, place } = sentType(typed);
    const parsed = readLicence(typed);
    if (!parsed.ok) {
      return licenceAnswer(page, type, place, {
        typed,
        errors: parsed.errors,
        credential,
        status: 422,
      });
    }
    try {
      const id = await saveCredential(session, params.id, parsed.value);
      return { to: `${list}/${id}?saved=1` };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return licenceAnswer(page, type, place, { typed, credential, conflict: true, status: 409 });
    }
  },
});

/** The actor's own claim; someone else's is not there. */
async function requireOwn(actor: Actor, id: string) {
  const view = await getEditorView(actor);
  const credential = view.credentials.find((each) => each.id === id);
  if (!credential) throw new NotFoundError();
  return { credential, frozen: view.revision?.state === "submitted" };
}

function fill(credential: ClaimedCredential): Typed {
  const { compactId, letters, number, expiresOn, supervised } = credential;
  return {
    compactId: said(compactId),
    letters: [letters],
    number: [number],
    expiresOn: said(expiresOn),
    supervised: [supervised ? "yes" : "no"],
    supervisorName: said(credential.supervisorName),
    supervisorNumber: said(credential.supervisorNumber),
  };
}
