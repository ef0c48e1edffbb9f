import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";

/** The environment, checked by the process entry before any page is asked for. */
export const config = readConfig();

export function stylesheet(): string {
  return versioned("assets/site.css");
}

/** The one script, for pages with an account alone. */
export function script(): string {
  return versioned("assets/account.js");
}

const known = new Map<string, string>();

/** An address that changes with the content, so browsers may keep it for ever. */
function versioned(path: string): string {
  const address = known.get(path) ?? addressOf(path);
  known.set(path, address);
  return address;
}

function addressOf(path: string): string {
  const content = readFileSync(join(process.cwd(), "public", path));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return `/${path}?v=${hash}`;
}
