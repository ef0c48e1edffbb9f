import { parseArgs } from "node:util";

const MOST = 500_000;

const wanted = readTherapists(process.argv.slice(2));
if (typeof wanted === "number") await seed(wanted);
else {
  console.error(`${wanted.problem}\nFor example: npm run seed -- --therapists 5000`);
  process.exitCode = 1;
}

function readTherapists(argv: string[]): number | { problem: string } {
  let given: string | undefined;
  try {
    const options = { therapists: { type: "string" } } as const;
    given = parseArgs({ args: argv, options }).values.therapists;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (given === undefined) return { problem: "--therapists is missing." };
  const therapists = Number(given);
  if (/^\d+$/.test(given) && therapists >= 1 && therapists <= MOST) return therapists;
  return { problem: `--therapists takes a whole number from 1 to ${MOST}, not “${given}”.` };
}

async function seed(therapists: number): Promise<void> {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { connect } = await import("#db/client.ts");
  const { seedDemo } = await import("#lib/demo/seed-demo.ts");
  const { loadReference } = await import("#lib/reference/load-reference.ts");
  const { todayUtc } = await import("#lib/vetting/rules.ts");
  const { withServices } = await import("./services.ts");

  await withServices(async ({ DATABASE_URL }, signal) => {
    const { sql, db } = connect(String(DATABASE_URL), { max: 2 });
    try {
      await loadReference(db);
      const onProgress = (line: string) => console.error(line);
      const added = await seedDemo(db, { therapists, today: todayUtc(), onProgress, signal });
      console.error(
        added > 0
          ? `Added ${added} therapists to the demo directory. The search index follows when a worker runs.`
          : `There are ${therapists} therapists or more already; nothing was added.`,
      );
    } finally {
      await sql.end();
    }
  });
}
