import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import type { MailParams } from "#lib/email/schema.ts";

type SecurityChange = MailParams["security-notice"]["what"];

/** Tells someone, by mail, what was changed about how they sign in; in the change's transaction. */
export async function sendSecurityNotice(
  personId: string,
  what: SecurityChange,
  db: Db,
  /** Where it goes when it must not go to the address that the account has now. */
  address?: string,
): Promise<void> {
  const [person] = await db
    .select({ email: people.email, locale: people.locale })
    .from(people)
    .where(eq(people.id, personId));
  if (!person) return;
  const { email, locale } = person;
  const to = address ?? email;
  await enqueueMail({ kind: "security-notice", to, personId, locale, params: { what } }, db);
}
