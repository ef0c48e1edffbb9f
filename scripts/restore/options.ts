import { parseArgs } from "node:util";

export type RestoreOptions = {
  from: string;
  identity: string;
  /** Null: as BACKUP_LEDGER says. */
  ledger: string | null;
  withoutLedger: boolean;
};

export function readOptions(argv: string[]): RestoreOptions | "help" | { problem: string } {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        from: { type: "string" },
        identity: { type: "string" },
        ledger: { type: "string" },
        "without-ledger": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const { from, identity, ledger = null, "without-ledger": withoutLedger } = values;
    if (values.help) return "help";
    if (!from) return { problem: "--from FILE is missing: which backup?" };
    if (!identity) return { problem: "--identity FILE is missing: the secret key of age-keygen." };
    if (withoutLedger && ledger) return { problem: "With a ledger, or without one: which?" };
    return { from, identity, ledger, withoutLedger };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
