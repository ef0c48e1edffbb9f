import { parseArgs } from "node:util";
import { type Head, readHeadText } from "#lib/audit/rules.ts";

export type AuditOptions = { command: "verify"; kept: Head | null } | { command: "head" };

export function readOptions(argv: string[]): AuditOptions | "help" | { problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { head: { type: "string" }, help: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [command, ...more] = positionals;
    if (values.help) return "help";
    if (command === undefined || more.length > 0) return { problem: "verify or head: which one?" };
    if (command === "head") {
      return values.head === undefined ? { command } : { problem: "--head goes with verify." };
    }
    if (command !== "verify") return { problem: `There is no “${command}”.` };
    const kept = values.head === undefined ? null : readHeadText(values.head);
    if (kept || values.head === undefined) return { command, kept };
    return { problem: "--head takes what `audit -- head` printed: a number, a colon, 64 digits." };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
