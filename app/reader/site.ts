import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";

/** The environment, checked by the process entry before any page is asked for. */
export const config = readConfig();

export function stylesheet(): string {
  return versioned("assets/site.css");
}

/** Of pages with an account: the same and more. */
export function accountStylesheet(): string {
  return versioned("assets/account.css");
}

/** The script of pages with an account. */
export function script(): string {
  return versioned("assets/account.js");
}

/** The script of pages where a therapist makes keys, and opens letters by them. */
export function inboxScript(): string {
  return versioned("assets/inbox.js");
}

/** The script of the few reader pages that seal or open letters, and its worker. */
export function lettersScript(): string {
  return versioned("assets/letters.js");
}

export function proofWorker(): string {
  return versioned("assets/proof-worker.js");
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
