import { connect } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { isChainGuarded } from "#lib/audit/read-guard.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { prepareDirectory } from "#lib/demo/prepare-directory.ts";
import { unguarded } from "../audit/words.ts";
import { waitForPostgres } from "../engines/wait-for-outside.ts";
import { onStop } from "../lifetime.ts";
import { detail, explain, step } from "./print.ts";

// A process of its own, so that what it takes to make a directory does not stay with the launcher.
const stopping = new AbortController();
onStop(() => {
  stopping.abort();
  return 1;
});

try {
  const config = readConfig();
  const siteUrl = requireDatabaseUrl(config);
  const ownerUrl = config.MIGRATION_DATABASE_URL ?? siteUrl;
  const demo = config.DEMO === "1";
  const wait = { say: (line: string) => console.error(line), signal: stopping.signal };
  await waitForPostgres(siteUrl, wait);
  if (ownerUrl !== siteUrl) await waitForPostgres(ownerUrl, wait, "MIGRATION_DATABASE_URL");
  await step("database schema", () => migrateDatabase(ownerUrl, siteUrl, { say: detail }));
  await sayWhenUnguarded(siteUrl);
  await step(demo ? "reference data and demo directory" : "reference data", async () => {
    const { seeded, therapists } = await prepareDirectory(ownerUrl, {
      demo,
      onProgress: detail,
    });
    if (seeded) detail(`made a demo directory of ${therapists} therapists`);
  });
} catch (error) {
  console.error(`\n${explain(error)}`);
  process.exitCode = 1;
}

async function sayWhenUnguarded(siteUrl: string): Promise<void> {
  const { sql, db } = connect(siteUrl, { max: 1 });
  try {
    if (!(await isChainGuarded(db))) detail(unguarded);
  } finally {
    await sql.end();
  }
}
