import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, connect } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { decide } from "#lib/decisions/decide.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { removeDataDir, startEngines } from "../engines/start-engines.ts";
import { detail, step } from "../up/print.ts";
import { type Desk, openDesks } from "./desks.ts";
import { median } from "./statistics.ts";
import type { Stoppers } from "./stoppers.ts";

const WRITERS = 20;
const DECISIONS_A_WRITER = 15;
/** Short turns one after the other: whatever disturbs the machine for a while disturbs both. */
const PAIRS_A_ROUND = 4;

export type ChainCost = {
  writers: number;
  rounds: number;
  /** Whether each commit waits for the disk. */
  durable: boolean;
  work: { name: string; perSecond: number; perSecondWithout: number; ratio: number }[];
  verifiedPerSecond: number;
};

const works = {
  decision: ({ moderator, caseId, checkId }: Desk, { db }: Connection) =>
    decide(
      moderator,
      {
        caseId,
        checkId,
        action: "source-down",
        code: "source-down",
        reason: "The register did not answer.",
        record: null,
      },
      db,
    ),
  /** The least that leaves an event: two statements. */
  claim: ({ moderator, caseId }: Desk, { db }: Connection) => claimCase(moderator, caseId, db),
} as const;

/** What the audit chain adds to decisions that many take at once, with the trigger and without it. */
export async function measureChain(
  options: { rounds: number; durable: boolean },
  { stoppers, signal }: { stoppers: Stoppers; signal: AbortSignal },
): Promise<ChainCost> {
  const { rounds, durable } = options;
  const { owner, site } = await openDatabase(durable, stoppers);
  const desks = await step("a case for each writer", async () => {
    await loadReference(owner.db);
    return openDesks(WRITERS, owner);
  });
  const measured: ChainCost["work"] = [];
  for (const [name, work] of Object.entries(works)) {
    const round = () => timed(() => writeAll(desks, (desk) => work(desk, site)));
    await round();
    const pairs: { chained: number; plain: number }[] = [];
    for (let at = 0; at < rounds * PAIRS_A_ROUND; at += 1) {
      signal.throwIfAborted();
      // Now one first, now the other: what time changes falls on both.
      const order = at % 2 === 0 ? [true, false] : [false, true];
      const seconds = new Map<boolean, number>();
      for (const chained of order) {
        await prepareTurn(chained, owner);
        seconds.set(chained, await round());
      }
      pairs.push({ chained: seconds.get(true) ?? 0, plain: seconds.get(false) ?? 0 });
    }
    measured.push(summary(name, pairs));
  }
  const verifiedPerSecond = await measureVerifying(owner);
  return { writers: WRITERS, rounds, durable, work: measured, verifiedPerSecond };
}

export function printChainCost({
  writers,
  rounds,
  durable,
  work,
  verifiedPerSecond,
}: ChainCost): void {
  const disk = durable ? "each commit waits for the disk" : "no commit waits for the disk";
  console.log(`\n${writers} writers at once, ${rounds} rounds with the chain and without; ${disk}`);
  for (const { name, perSecond, perSecondWithout, ratio } of work) {
    const rates = `${perSecond.toFixed(0)}/s with, ${perSecondWithout.toFixed(0)}/s without`;
    console.log(`  ${name.padEnd(10)} ${rates}: ${ratio.toFixed(2)} times as long`);
  }
  console.log(`  checked afterwards: ${Math.round(verifiedPerSecond).toLocaleString("en")} rows/s`);
}

async function openDatabase(durable: boolean, stoppers: Stoppers) {
  const dataDir = mkdtempSync(join(tmpdir(), "parasol-bench-"));
  stoppers.add(() => removeDataDir(dataDir));
  const engines = await startEngines({ dataDir, durable, say: detail });
  stoppers.add(() => engines.stop());
  await migrateDatabase(engines.databaseUrl, engines.siteDatabaseUrl);
  const owner = connect(engines.databaseUrl, { max: 2 });
  const site = connect(engines.siteDatabaseUrl, { max: WRITERS });
  stoppers.add(() => Promise.all([owner, site].map(({ sql }) => sql.end({ timeout: 2 }))));
  return { owner, site };
}

/** Cases with thousands of decisions would make each slow, and the chain look cheap beside it. */
async function prepareTurn(chained: boolean, { sql }: Connection): Promise<void> {
  await sql`delete from decisions`;
  const verb = chained ? sql`enable` : sql`disable`;
  await sql`alter table audit_events ${verb} trigger audit_events_chained`;
}

function writeAll(desks: readonly Desk[], work: (desk: Desk) => Promise<unknown>) {
  return Promise.all(
    desks.map(async (desk) => {
      for (let done = 0; done < DECISIONS_A_WRITER; done += 1) await work(desk);
    }),
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function summary(name: string, pairs: readonly { chained: number; plain: number }[]) {
  const all = WRITERS * DECISIONS_A_WRITER;
  return {
    name,
    perSecond: all / median(pairs.map(({ chained }) => chained)),
    perSecondWithout: all / median(pairs.map(({ plain }) => plain)),
    ratio: median(pairs.map(({ chained, plain }) => chained / plain)),
  };
}

/** What was written without the trigger goes first: it would be found. */
async function measureVerifying({ sql, db }: Connection): Promise<number> {
  await sql`delete from audit_events e
    where not exists (select from audit_chain c where c.event_id = e.id)`;
  const started = performance.now();
  const verdict = await verifyChain({}, db);
  if (verdict.fault) throw new Error(`the chain is not well: ${verdict.fault.fault}`);
  return (verdict.rows / (performance.now() - started)) * 1000;
}
