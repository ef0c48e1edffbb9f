import { desc, eq, isNotNull } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { totpSecrets } from "#db/schema/accounts.ts";
import { caseMessages } from "#db/schema/decisions.ts";
import { evidence } from "#db/schema/evidence.ts";
import { mails } from "#db/schema/mails.ts";
import { reports } from "#db/schema/reports.ts";
import { messageContext } from "#lib/cases/rules.ts";
import { readConfig } from "#lib/config.ts";
import { mailContext } from "#lib/email/enqueue-mail.ts";
import { SetupError } from "#lib/errors.ts";
import { keyContext } from "#lib/evidence/rules.ts";
import { reportContext } from "#lib/reports/receive-report.ts";
import { unseal } from "#lib/sealing/seal.ts";

/**
 * Looks whether MASTER_KEY opens what is sealed. With another key a worker would give up each mail as
 * unreadable, and what is sealed from now on would need both keys.
 * @throws SetupError
 */
export async function requireMasterKey(db: Db): Promise<void> {
  const samples = await sealedSamples(db);
  if (samples.length === 0) return;
  const isSet = readConfig().MASTER_KEY !== undefined;
  if (isSet && samples.some(opens)) return;
  const kinds = [...new Set(samples.map(({ kind }) => kind))].join(", ");
  throw new SetupError(
    `MASTER_KEY ${isSet ? "does not open" : "is not set, and this database holds"} what was sealed: ${kinds}.\n` +
      "  Set the key that this site has had: your copy of it, or master.key in the DATA_DIR of an embedded\n" +
      "  database. If it is lost, nothing sealed opens any more: deploy/RUNBOOK.md, “MASTER_KEY is lost”.",
  );
}

type Sample = { kind: string; sealed: string | null; context: string };

function opens({ sealed, context }: Sample): boolean {
  try {
    unseal(sealed ?? "", context);
    return true;
  } catch {
    return false;
  }
}

/** Of each kind the newest two: one alone could be damaged. */
async function sealedSamples(db: Db): Promise<Sample[]> {
  const [factors, documents, words, messages, letters] = await Promise.all([
    db
      .select({ id: totpSecrets.personId, sealed: totpSecrets.sealedSecret })
      .from(totpSecrets)
      .limit(2),
    db
      .select({ id: evidence.id, sealed: evidence.wrappedKey })
      .from(evidence)
      .where(isNotNull(evidence.wrappedKey))
      .limit(2),
    db
      .select({ id: reports.id, sealed: reports.sealedWords })
      .from(reports)
      .where(isNotNull(reports.sealedWords))
      .limit(2),
    db.select({ id: caseMessages.id, sealed: caseMessages.sealedBody }).from(caseMessages).limit(2),
    db
      .select({ id: mails.id, sealed: mails.sealedBody })
      .from(mails)
      .where(eq(mails.state, "waiting"))
      .orderBy(desc(mails.createdAt))
      .limit(2),
  ]);
  const of = (
    kind: string,
    rows: { id: string; sealed: string | null }[],
    name: (id: string) => string,
  ) => rows.map(({ id, sealed }) => ({ kind, sealed, context: name(id) }));
  return [
    ...of("second factors", factors, (id) => `totp:${id}`),
    ...of("documents", documents, keyContext),
    ...of("reports", words, reportContext),
    ...of("messages of cases", messages, messageContext),
    ...of("mails on their way", letters, mailContext),
  ];
}
