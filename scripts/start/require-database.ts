import { setTimeout as pause } from "node:timers/promises";
import { connect } from "#db/client.ts";
import { requireSchema } from "#db/migrate.ts";
import { codeOf, reasonOf, settingFault } from "../engines/outside-faults.ts";
import { requireMasterKey } from "./require-master-key.ts";

const againMs = 1_000;

/**
 * Looks whether the database is ours, of a release that this one can run on, and sealed with our key.
 * @returns why it does not answer just now; null when it did, and all is well
 * @throws SetupError or SchemaError for what somebody has to correct
 */
export async function requireDatabase(
  url: string,
  say: (line: string) => void,
): Promise<string | null> {
  const { sql, db } = connect(url, { max: 1 });
  try {
    await requireSchema(sql, { say });
    await requireMasterKey(db);
    return null;
  } catch (error) {
    const fault = settingFault("Postgres", "DATABASE_URL", url, error);
    if (fault) throw fault;
    if (codeOf(error) === "") throw error;
    return reasonOf(error);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The same, each second until it answers. */
export async function requireDatabaseLater(
  url: string,
  say: (line: string) => void,
): Promise<void> {
  do await pause(againMs, undefined, { ref: false });
  while ((await requireDatabase(url, say)) !== null);
}
