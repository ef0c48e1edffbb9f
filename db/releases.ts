import { readFileSync } from "node:fs";

/** What was released, oldest first. The last one is what a site may still run while it upgrades. */
export type Release = { version: string; commit: string; migrations: number };

export function releases(): [Release, ...Release[]] {
  return JSON.parse(readFileSync(new URL("./releases.json", import.meta.url), "utf8"));
}

export function lastRelease(): Release {
  const [first, ...more] = releases();
  return more.at(-1) ?? first;
}
