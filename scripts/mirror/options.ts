import { parseArgs } from "node:util";

export type MirrorOptions = {
  /** A folder; with `encrypt` a file. */
  to: string;
  encrypt: boolean;
};

export function readOptions(argv: string[]): MirrorOptions | "help" | { problem: string } {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        to: { type: "string" },
        encrypt: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const { to, encrypt, help } = values;
    if (help) return "help";
    return to ? { to, encrypt } : { problem: "--to is missing: where should the copy go?" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
