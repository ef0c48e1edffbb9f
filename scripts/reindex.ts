import { connect } from "#db/client.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { rebuildIndex } from "#lib/directory/index-directory.ts";
import { searchClient } from "#lib/search/client.ts";
import { withServices } from "./services.ts";

await withServices(async () => {
  const config = readConfig();
  const { sql, db } = connect(requireDatabaseUrl(config), { max: 4 });
  const client = searchClient({ url: config.MEILI_URL ?? "", apiKey: config.MEILI_MASTER_KEY });
  const started = performance.now();
  const { therapists, documents } = await rebuildIndex(client, db, (done) => {
    process.stderr.write(`\r  ${done} therapists read`);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`\n  ${documents} entries for ${therapists} therapists, swapped in (${seconds} s)`);
  await sql.end();
});
