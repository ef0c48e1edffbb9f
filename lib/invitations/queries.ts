import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { invitations } from "#db/schema/mails.ts";
import { isNeverToBeContacted } from "#lib/email/enqueue-mail.ts";
import { findCredentialType } from "#lib/reference/queries.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";
import { forgottenOn, tidyAddress } from "./rules.ts";

/** How we stand to an address: nobody yet, someone with an account, someone who said never. */
export type Standing = "new" | "known" | "never";

/** @param email as `tidyAddress` gives it */
export async function getStanding(email: string, db: Db = primary()): Promise<Standing> {
  const [person] = await db.select({ id: people.id }).from(people).where(eq(people.email, email));
  if (person) return "known";
  return (await isNeverToBeContacted(tidyAddress(email), db)) ? "never" : "new";
}

export type Invitation = NonNullable<Awaited<ReturnType<typeof getInvitation>>>;

/**
 * What a link in an invitation leads to; null for one that we do not know. Once its person has
 * signed in it shows nothing any more: an old mail must not open an account.
 */
export async function getInvitation(token: string, db: Db = primary()) {
  const [found] = await db
    .select({
      personId: people.id,
      email: people.email,
      locale: people.locale,
      signedInAt: people.emailVerified,
      community: invitations.community,
      createdAt: invitations.createdAt,
      acceptedAt: invitations.acceptedAt,
    })
    .from(invitations)
    .innerJoin(people, eq(people.id, invitations.personId))
    .where(eq(invitations.tokenHash, tokenKey(token)));
  if (!found) return null;
  const { personId, signedInAt, createdAt, ...invitation } = found;
  if (signedInAt) return { state: "claimed" as const };
  return {
    state: invitation.acceptedAt ? ("accepted" as const) : ("open" as const),
    ...invitation,
    invitedOn: dayOf(createdAt),
    forgottenOn: forgottenOn(dayOf(createdAt)),
    held: await heldOf(personId, db),
  };
}

/** Everything that was entered about someone, as their own editor would show it. */
async function heldOf(personId: string, db: Db) {
  const view = await getEditorView({ personId, roles: ["therapist"] }, db);
  const { revision, terms, locations, contacts, credentials } = view;
  return {
    displayName: revision?.displayName ?? null,
    pronouns: revision?.pronouns ?? null,
    headline: revision?.headline ?? null,
    terms: terms.map(({ kind, id }) => ({ kind, id })),
    places: locations.map(({ city, region }) => ({ city, region })),
    websites: contacts.map(({ value }) => value),
    credentials: credentials.map(({ typeId, jurisdiction, letters, number, expiresOn }) => ({
      title: findCredentialType(typeId)?.title ?? { en: letters, es: letters },
      jurisdiction,
      letters,
      number,
      expiresOn,
    })),
  };
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
