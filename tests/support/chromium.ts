import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The Chromium of this machine; undefined leaves the choice to Playwright's own download. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  if (existsSync("/usr/bin/chromium")) return "/usr/bin/chromium";
  return spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout?.trim() || undefined;
}

/** Quiet and self-contained; without the sandbox because tests also run as root in containers. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
