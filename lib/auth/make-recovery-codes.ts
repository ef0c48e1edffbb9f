import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people, recoveryCodes } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type HashKeys, hashesUnder, keptHash } from "#lib/sealing/kept-hash.ts";
import { getSecondFactors } from "./queries.ts";
import { type Actor, recoveryCode } from "./rules.ts";
import { sendSecurityNotice } from "./send-security-notice.ts";

/**
 * New recovery codes, such as `k3f9-x2mq-7hdw`; the ones before stop working. Nobody can see them
 * again. @throws NotFoundError when there is no second factor that they could stand in for
 */
export async function makeRecoveryCodes(
  { personId }: Actor,
  db: Db = primary(),
): Promise<string[]> {
  const codes = Array.from({ length: recoveryCode.count }, newCode);
  await db.transaction(async (tx) => {
    // Two sets made at once would both be shown, and both would count.
    await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for("update");
    const { app, passkeys } = await getSecondFactors(personId, tx);
    if (app === null && passkeys.length === 0) throw new NotFoundError();
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
    await tx
      .insert(recoveryCodes)
      .values(codes.map((code) => ({ personId, codeHash: recoveryCodeHash(code, personId) })));
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "recovery-codes.make", subject }, tx);
    await sendSecurityNotice(personId, "recovery-codes-made", tx);
  });
  return codes;
}

/** The same for a code however it is typed: with or without hyphens, in small or large letters. */
function recoveryCodeHash(code: string, personId: string): string {
  return keptHash(lettersOf(code), `recovery:${personId}`);
}

export function recoveryCodeHashes(code: string, personId: string, keys: HashKeys): string[] {
  return hashesUnder(keys, lettersOf(code), `recovery:${personId}`);
}

const lettersOf = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

function newCode(): string {
  const { letters, groups, groupLength } = recoveryCode;
  const group = () =>
    Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}
