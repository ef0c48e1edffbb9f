import { parseArgs } from "node:util";

export type BackupOptions = {
  /** Null where the ledger alone is to be written. */
  to: string | null;
  /** Null: as BACKUP_LEDGER says. */
  ledger: string | null;
};

export function readOptions(argv: string[]): BackupOptions | "help" | { problem: string } {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        to: { type: "string" },
        ledger: { type: "string" },
        "ledger-only": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    const [to, ledger, alone] = [values.to ?? null, values.ledger ?? null, values["ledger-only"]];
    if (alone && to !== null) return { problem: "--to and --ledger-only do not go together." };
    if (!alone && !to) return { problem: "--to FILE is missing: where should the backup go?" };
    return { to, ledger };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
