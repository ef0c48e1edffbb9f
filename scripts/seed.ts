import { parseArgs } from "node:util";
import { connect } from "#db/client.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { withServices } from "./services.ts";

const MOST = 200_000;

// Read first: a wrong argument should not cost the start of a database.
const wanted = readTherapists(process.argv.slice(2));
if (typeof wanted === "number") await seed(wanted);
else {
  console.error(`${wanted.problem}\nFor example: npm run seed -- --therapists 5000`);
  process.exitCode = 1;
}

async function seed(therapists: number): Promise<void> {
  await withServices(async ({ DATABASE_URL }, signal) => {
    const { sql, db } = connect(String(DATABASE_URL), { max: 2 });
    try {
      await loadReference(db);
      const onProgress = (line: string) => console.error(line);
      const added = await seedDemo(db, { therapists, today: todayUtc(), onProgress, signal });
      console.error(
        added > 0
          ? `Added ${added} therapists to the demo directory. The search index follows within moments.`
          : `There are ${therapists} therapists or more already; nothing was added.`,
      );
    } finally {
      await sql.end();
    }
  });
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
