import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people, recoveryCodes } from "#db/schema/accounts.ts";
import { roles } from "#db/vocabulary.ts";
import { getSecondFactors } from "./queries.ts";
import { isStaff } from "./rules.ts";

/**
 * Takes one second factor away, if that leaves staff with another. Two removals at once wait for
 * each other. With the last factor the recovery codes go too: there is nothing left to recover.
 * @param remove must be part of the transaction it is handed
 * @returns false when nothing was removed
 */
export async function keepOneFactor(
  personId: string,
  remove: (tx: Db) => Promise<void>,
  db: Db,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({ roles: people.roles })
      .from(people)
      .where(eq(people.id, personId))
      .for("update");
    const held = roles.filter((role) => person?.roles.includes(role));
    const before = await getSecondFactors(personId, tx);
    if (isStaff({ roles: held }) && factors(before) < 2) return false;
    await remove(tx);
    if (factors(await getSecondFactors(personId, tx)) === 0) {
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
    }
    return true;
  });
}

function factors({ app, passkeys }: { app: unknown; passkeys: readonly unknown[] }): number {
  return passkeys.length + (app === null ? 0 : 1);
}
