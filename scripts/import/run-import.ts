import { setTimeout as pause } from "node:timers/promises";
import { connect } from "#db/client.ts";
import { requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { importSheet, type RowReport } from "#lib/invitations/import-sheet.ts";
import type { Source } from "#lib/invitations/invite-therapist.ts";
import { originFor } from "#lib/planes/two-hosts.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import type { ImportOptions } from "./options.ts";
import { openReport } from "./report-file.ts";
import { outcomeIn, problemLines, summary } from "./words.ts";

/** @param all how many rows the sheet has @throws the signal's reason when stopped between two */
export async function runImport(
  options: ImportOptions,
  all: number,
  signal: AbortSignal,
): Promise<void> {
  const source = sourceOf(options);
  const { sql, db } = connect(requireDatabaseUrl(), { max: 2 });
  const report = await openReport(options.path);
  const tally = new Map<string, number>();
  let done = 0;
  try {
    if (source) await loadReference(db);
    for await (const row of importSheet(options.path, source, db)) {
      const outcome = outcomeIn(row, source !== null);
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      done += 1;
      await report.add(row.row, row.email, outcome);
      tell(row, done, all);
      if (source && row.outcome === "new" && done < all) await breathe(options.perMinute, signal);
      if (signal.aborted) break;
    }
  } finally {
    await report.close();
    await sql.end();
  }
  console.log(`\n${summary(tally, { done, all })}\nThe report: ${report.path}`);
  if (!source) console.log("This was a dry run: nothing was written. --write does it.");
  if (tally.has("left out")) process.exitCode = 1;
  if (done < all && signal.aborted) console.log("Stopped. The same command again goes on.");
  signal.throwIfAborted();
}

function sourceOf({ community }: ImportOptions): Source | null {
  if (community === null) return null;
  const siteUrl = originFor("/invitation");
  if (siteUrl) return { community, siteUrl };
  throw new SetupError(
    "SITE_URL is not set: the links in the invitations need the address that people use.\n" +
      "  Example: SITE_URL=https://directory.example",
  );
}

function tell(row: RowReport, done: number, all: number): void {
  for (const line of problemLines(row)) console.log(line);
  const isSteady = process.stderr.isTTY ? done % 20 === 0 : done % 1000 === 0;
  if (isSteady)
    process.stderr.write(`  ${done} of ${all} rows${process.stderr.isTTY ? "\r" : "\n"}`);
}

/** Mail servers turn away whoever sends too much at once; and a wrong sheet is noticed in time. */
async function breathe(perMinute: number, signal: AbortSignal): Promise<void> {
  await pause(60_000 / perMinute, undefined, { signal }).catch(() => undefined);
}
