import { tableOf } from "./retention/words.ts";

if (process.argv.length > 2) {
  console.error("npm run retention takes no arguments: it prints what is held, by class.");
  process.exitCode = 1;
} else await retention();

async function retention(): Promise<void> {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { connect } = await import("#db/client.ts");
  const { requireDatabaseUrl } = await import("#lib/config.ts");
  const { listHoldings } = await import("#lib/retention/queries.ts");
  const { withServices } = await import("./services.ts");

  await withServices(
    async () => {
      const { sql, db } = connect(requireDatabaseUrl(), { max: 2 });
      try {
        const holdings = await listHoldings(new Date(), db);
        for (const line of tableOf(holdings)) console.log(line);
        if (holdings.some(({ overdue }) => overdue > 0)) process.exitCode = 1;
      } finally {
        await sql.end();
      }
    },
    { search: false },
  );
}
