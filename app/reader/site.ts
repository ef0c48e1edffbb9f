import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";

/** The environment, checked by the process entry before any page is asked for. */
export const config = readConfig();

let known: string | undefined;

/** The stylesheet's address changes with its content, so browsers may keep it for ever. */
export function stylesheet(): string {
  known ??= versioned("assets/site.css");
  return known;
}

function versioned(path: string): string {
  const content = readFileSync(join(process.cwd(), "public", path));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return `/${path}?v=${hash}`;
}
