import { open, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { openLedger } from "#lib/backups/ledger.ts";
import { restoreBackup } from "#lib/backups/restore-backup.ts";
import { RestoreError } from "#lib/backups/rules.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { isIdentity } from "#lib/letters/age-file.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { root } from "../checkout.ts";
import { fileFault } from "../file-fault.ts";
import type { RestoreOptions } from "./options.ts";
import { faultWords, noLedger } from "./words.ts";

export async function runRestore(options: RestoreOptions, ownerUrl: string): Promise<void> {
  const ledgerPath = options.ledger ?? readConfig().BACKUP_LEDGER;
  if (!options.withoutLedger && !ledgerPath) throw new SetupError(noLedger);
  const identities = await readIdentities(resolve(root, options.identity));
  try {
    const ledger =
      options.withoutLedger || !ledgerPath
        ? null
        : await openLedger(await read("The ledger", resolve(root, ledgerPath)), identities);
    const { manifest, end, gone } = await restoreBackup(
      await openBackup(resolve(root, options.from)),
      { identities, ledger },
      { ownerUrl, siteUrl: requireDatabaseUrl(), store: openStore() },
    );
    const rows = Object.values(end.rows).reduce((sum, count) => sum + count, 0);
    console.log(`Restored as of ${manifest.takenAt}: ${rows} rows and ${end.files} files.`);
    console.log(`The chain is well to the head that was backed up: ${manifest.head}`);
    console.log(
      `Gone since, and gone again: ${gone.documents} documents, ${gone.accounts} accounts.`,
    );
    console.log("Everybody signs in anew. The worker builds the search index when it starts.");
  } catch (error) {
    if (!(error instanceof RestoreError)) throw error;
    const detail = error.message && ` (${error.message})`;
    throw new SetupError(`Nothing was restored${detail}.\n${faultWords[error.fault]}`);
  }
}

/** An age identity file: comments, and a key a line. */
async function readIdentities(path: string): Promise<string[]> {
  const text = (await read("The age key", path)).toString();
  const lines = text.split("\n").map((line) => line.trim());
  const keys = lines.filter(isIdentity);
  if (keys.length > 0) return keys;
  throw new SetupError(`${path} holds no age key: a line that begins with AGE-SECRET-KEY-1.`);
}

async function read(what: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw fileFault(what, path, error);
  });
}

async function openBackup(path: string): Promise<Readable> {
  const file = await open(path).catch((error: unknown) => {
    throw fileFault("The backup", path, error);
  });
  return file.createReadStream();
}
