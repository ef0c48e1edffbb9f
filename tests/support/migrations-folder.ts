import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Migration, readMigrations } from "#db/read-migrations.ts";

/** Migrations of a test's own, by name, as Drizzle's kit would have written them to a folder. */
export function migrationsOf(texts: Record<string, string>): Migration[] {
  const folder = mkdtempSync(join(tmpdir(), "parasol-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "meta"));
  const entries = Object.keys(texts).map((tag, idx) => ({ idx, tag, when: 1_000 + idx }));
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ entries }));
  for (const [tag, text] of Object.entries(texts)) writeFileSync(join(folder, `${tag}.sql`), text);
  return readMigrations(folder);
}
