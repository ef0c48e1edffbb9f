import type { ProfilePage } from "#components/profiles/profile-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { RecordView } from "#components/vetting/record-line.tsx";
import { sessionFormats } from "#db/vocabulary.ts";
import { jurisdictionRegions } from "#lib/directory/jurisdiction-regions.ts";
import { reachOf } from "#lib/directory/rules.ts";
import type { PublicProfile } from "#lib/profiles/queries.ts";
import { listCompacts, practiceStatements } from "#lib/reference/queries.ts";
import { trackOrder } from "#lib/vetting/rules.ts";

/** Turns a profile into what its page shows. */
export function profilePage(page: Page, profile: PublicProfile): ProfilePage {
  const chosen = profile.terms.filter(({ kind }) => kind === "format").map(({ id }) => id);
  return {
    profile,
    reach: reachOf(
      {
        rights: profile.rights,
        formats: sessionFormats.filter((format) => chosen.includes(format)),
        inPersonRegions: profile.locations.map(({ region }) => region),
      },
      { regionsOf: jurisdictionRegions },
    ),
    statements: practiceStatements().flatMap(({ id, label, prompt }) => {
      const said = profile.statements.find((statement) => statement.id === id);
      const statement = label[page.locale];
      return said ? [{ ...said, statement, prompt: prompt[page.locale] }] : [];
    }),
    record: record(page, profile),
  };
}

function record(page: Page, profile: PublicProfile): RecordView {
  return trackOrder.map((track) => ({
    track,
    checks: profile.checks
      .filter((check) => check.track === track)
      .map((check) => ({ ...check, claim: claimText(page, profile, check) })),
  }));
}

type Check = PublicProfile["checks"][number];

/** What was checked, in words: "LMFT 123456, California". */
function claimText(page: Page, profile: PublicProfile, check: Check): string {
  const { t } = page;
  if (check.claimType === "credential") {
    const credential = profile.credentials.find(({ id }) => id === check.credentialId);
    if (credential) return credentialText(page, credential);
  }
  if (check.claimType === "training") {
    const training = profile.trainings.find(({ id }) => id === check.trainingId);
    return t("record.claim.training", { title: training?.title ?? "" });
  }
  return t(`record.claim.${check.claimType === "credential" ? "identity" : check.claimType}`);
}

type Credential = Pick<
  PublicProfile["credentials"][number],
  "letters" | "jurisdiction" | "compactId" | "supervised" | "number"
>;

export function credentialText(page: Page, credential: Credential): string {
  const { t } = page;
  const { letters, jurisdiction, compactId, supervised } = credential;
  // Some registers print the letters as part of the number; once is enough.
  const number = credential.number.startsWith(`${letters} `)
    ? credential.number.slice(letters.length + 1)
    : credential.number;
  const words = jurisdiction
    ? t("record.claim.credential", { letters, number, place: page.region(jurisdiction) })
    : t("record.claim.credentialAnywhere", { letters, number });
  const compact = listCompacts().find(({ id }) => id === compactId);
  return [
    words,
    compact && t("record.compact", { compact: compact.name[page.locale] }),
    supervised && t("record.supervised"),
  ]
    .filter(Boolean)
    .join(", ");
}
