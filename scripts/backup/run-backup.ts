import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { makeLedger, sealLedger } from "#lib/backups/ledger.ts";
import type { Ledger } from "#lib/backups/schema.ts";
import { inSnapshot, writeBackup } from "#lib/backups/write-backup.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { root } from "../checkout.ts";
import type { BackupOptions } from "./options.ts";
import { alreadyThere, noLedger, noRecipient } from "./words.ts";
import { requireWritable, writeWhole } from "./write-whole.ts";

/** Prints the audit chain's head: whoever keeps it can hold the restored chain against it. */
export async function runBackup(options: BackupOptions, signal: AbortSignal): Promise<void> {
  const { BACKUP_RECIPIENT: recipient, BACKUP_LEDGER } = readConfig();
  if (!recipient) throw new SetupError(noRecipient);
  const ledgerPath = options.ledger ?? BACKUP_LEDGER;
  if (!ledgerPath) throw new SetupError(noLedger);
  const databaseUrl = requireDatabaseUrl();
  const ledgerFile = resolve(root, ledgerPath);
  // Before the long part: a backup whose ledger cannot be written is worth little.
  await requireWritable("The ledger", ledgerFile);
  const ledger =
    options.to === null
      ? await inSnapshot(databaseUrl, ({ db }) => makeLedger(db))
      : await backUp(resolve(root, options.to), { databaseUrl, recipient }, signal);
  const sealed = await sealLedger(ledger, recipient);
  await writeWhole("The ledger", ledgerFile, (file) => file.writeFile(sealed));
  console.log(`Ledger: ${ledger.documents.length} documents, ${ledger.people.length} accounts.`);
  console.log(`Chain: ${ledger.head}`);
}

async function backUp(
  path: string,
  means: { databaseUrl: string; recipient: string },
  signal: AbortSignal,
): Promise<Ledger> {
  if (existsSync(path)) throw new SetupError(alreadyThere(path));
  const begun = performance.now();
  const written = await writeWhole("The backup", path, (file) => {
    const to = file.createWriteStream();
    signal.addEventListener("abort", () => to.destroy(new Error("stopped")), { once: true });
    return writeBackup({ ...means, store: openStore() }, to);
  });
  const rows = Object.values(written.end.rows).reduce((sum, count) => sum + count, 0);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${path}: ${rows} rows and ${written.end.files} files, in ${seconds} s.`);
  return written.ledger;
}
