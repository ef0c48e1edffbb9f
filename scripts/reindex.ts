import { connect } from "#db/client.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { fedNodes } from "#lib/directory/feed-nodes.ts";
import { rebuildDirectory } from "#lib/directory/rebuild-directory.ts";
import { nodeTrouble } from "#lib/search/node-trouble.ts";
import { withServices } from "./services.ts";

await withServices(async () => {
  const config = readConfig();
  const nodes = fedNodes(config);
  const { sql, db } = connect(requireDatabaseUrl(config), { max: 2 + 2 * nodes.length });
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const told = new Map<string, number>();
  const outcomes = await rebuildDirectory(nodes, db, (node, done) => {
    told.set(node, done);
    const line = [...told].map(([name, count]) => `${name} ${count}`).join(", ");
    process.stderr.write(`\r  therapists read for ${line}`);
  });
  await sql.end();
  process.stderr.write("\n");
  for (const outcome of outcomes) {
    if ("built" in outcome) {
      const { documents, therapists } = outcome.built;
      const found = `${documents} entries for ${therapists} therapists`;
      console.log(`  ${outcome.node}: ${found}, swapped in (${seconds()})`);
    } else {
      process.exitCode = 1;
      console.error(`  ${outcome.node}: not built: ${nodeTrouble(outcome.error)}.`);
    }
  }
  if (process.exitCode === 1) {
    console.error(
      "  The worker builds what is missing when those are well; readers use the others.",
    );
  }
});
