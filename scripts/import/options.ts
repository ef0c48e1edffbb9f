import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { textFault } from "#lib/invitations/rules.ts";

export type ImportOptions = {
  path: string;
  /** Null for a dry run. */
  community: string | null;
  /** Invitations that go out at most. */
  perMinute: number;
};

const mostPerMinute = 6000;
const longestCommunity = 120;

const options = {
  write: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  community: { type: "string" },
  "per-minute": { type: "string", default: "60" },
  help: { type: "boolean", default: false },
} as const;

/** @param from the folder that relative paths start from */
export function readOptions(
  argv: string[],
  from: string,
): ImportOptions | "help" | { problem: string } {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (values.help) return "help";
    const [path, ...more] = positionals;
    if (path === undefined) return { problem: "Which sheet? Its path is missing." };
    if (more.length > 0) return { problem: "One sheet at a time, please." };
    if (values.write && values["dry-run"]) return { problem: "Either --write or --dry-run." };
    const perMinute = Number(values["per-minute"]);
    if (!/^\d+$/.test(values["per-minute"]) || perMinute < 1 || perMinute > mostPerMinute) {
      return { problem: `--per-minute takes a whole number from 1 to ${mostPerMinute}.` };
    }
    const community = values.community?.trim() ?? "";
    const isName = community !== "" && [...community].length <= longestCommunity;
    if (values.write && (!isName || textFault(community))) {
      return {
        problem: `--write needs --community "Name" with up to ${longestCommunity} characters: everyone is told who gave us their address.`,
      };
    }
    return { path: resolve(from, path), community: values.write ? community : null, perMinute };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
