import { migrateDatabase } from "#db/migrate.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { prepareDirectory } from "#lib/demo/prepare-directory.ts";
import { onStop } from "../lifetime.ts";
import { detail, explain, step } from "./print.ts";

// A process of its own, so that what it takes to make a directory does not stay with the launcher.
onStop(() => 1);

try {
  const config = readConfig();
  const databaseUrl = requireDatabaseUrl(config);
  const demo = config.DEMO === "1";
  await step("database schema", () => migrateDatabase(databaseUrl));
  await step(demo ? "reference data and demo directory" : "reference data", async () => {
    const { seeded, therapists } = await prepareDirectory(databaseUrl, {
      demo,
      onProgress: detail,
    });
    if (seeded) detail(`made a demo directory of ${therapists} therapists`);
  });
} catch (error) {
  console.error(`\n${explain(error)}`);
  process.exitCode = 1;
}
