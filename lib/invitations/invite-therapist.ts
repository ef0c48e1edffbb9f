import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { credentials } from "#db/schema/credentials.ts";
import { invitations } from "#db/schema/mails.ts";
import { contactWays, practiceLocations, profileRevisions } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { noteConflicts } from "#lib/credentials/save-credential.ts";
import { enqueueMail, isNeverToBeContacted } from "#lib/email/enqueue-mail.ts";
import { type Draft, requireDraft } from "#lib/revisions/open-draft.ts";
import { writeTerms } from "#lib/revisions/write-terms.ts";
import { newToken, tokenKey } from "#lib/sealing/link-token.ts";
import { invitationLinks } from "./invitation-link.ts";
import type { Standing } from "./queries.ts";
import type { Entry } from "./read-row.ts";

export type Source = {
  /** Who gave us the address: said in the mail and on the page it leads to. */
  community: string;
  /** Where links lead, such as `https://directory.example`. */
  siteUrl: string;
};

/**
 * Makes an unlisted draft for someone we do not know, and puts an invitation to claim it in the
 * mail. Whoever has an account already is left as they are, whatever the entry says.
 * @returns `new` when they are invited by this
 */
export async function inviteTherapist(
  entry: Entry,
  { community, siteUrl }: Source,
  db: Db = primary(),
): Promise<Standing> {
  const { email, locale } = entry;
  return db.transaction(async (tx) => {
    const [person] = await tx
      .insert(people)
      .values({ email, locale })
      .onConflictDoNothing({ target: people.email })
      .returning({ id: people.id });
    if (!person) return "known";
    // Asked after the insert: it has waited for anybody who is just saying no to an older one.
    if (await isNeverToBeContacted(email, tx)) {
      await tx.delete(people).where(eq(people.id, person.id));
      return "never";
    }
    const personId = person.id;
    const draft = await requireDraft({ personId, roles: ["therapist"] }, tx);
    await writeDraft(entry, draft, tx);
    const token = newToken();
    await tx.insert(invitations).values({ personId, community, tokenHash: tokenKey(token) });
    const params = { ...invitationLinks(token, locale, siteUrl), community };
    await enqueueMail({ kind: "invitation", to: email, personId, locale, params }, tx);
    await appendEvent(
      {
        actorId: null,
        verb: "invitation.send",
        subject: { kind: "person", id: personId },
        details: { fields: fieldsOf(entry) },
      },
      tx,
    );
    return "new";
  });
}

async function writeDraft(entry: Entry, draft: Draft, tx: Db): Promise<void> {
  const { displayName, pronouns, headline, locale: textLocale } = entry;
  const { revisionId } = draft;
  await tx
    .update(profileRevisions)
    .set({ displayName, pronouns, headline, textLocale })
    .where(eq(profileRevisions.id, revisionId));
  await writeTerms(
    revisionId,
    ["format", "language", "modality", "concern", "work"],
    entry.terms,
    tx,
  );
  if (entry.place) {
    await tx.insert(practiceLocations).values({ revisionId, precision: "city", ...entry.place });
  }
  if (entry.website) {
    const value = entry.website;
    await tx.insert(contactWays).values({ revisionId, position: 0, kind: "website", value });
  }
  if (entry.credential) await claim(entry.credential, draft, tx);
}

async function claim(
  credential: NonNullable<Entry["credential"]>,
  draft: Draft,
  tx: Db,
): Promise<void> {
  const [made] = await tx
    .insert(credentials)
    .values({ ...credential, therapistId: draft.therapistId, stage: "proposed" })
    .returning({ id: credentials.id });
  if (made) await noteConflicts(made.id, draft, tx);
}

/** Names of what was said, for the audit: never what it was. */
function fieldsOf({ terms, ...entry }: Entry): string[] {
  const said = Object.entries(entry).flatMap(([field, value]) => (value === null ? [] : [field]));
  return [...said, ...new Set(terms.map(({ kind }) => kind))];
}
