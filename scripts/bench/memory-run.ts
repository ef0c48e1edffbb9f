import { bumpDirectoryVersion } from "#lib/directory/bump-version.ts";
import { detail } from "../up/print.ts";
import { type BenchSite, workFile } from "./directory.ts";
import { drawSearches } from "./draw-searches.ts";
import { runLoad, writeRequests } from "./load.ts";
import { slope } from "./statistics.ts";
import type { Stoppers } from "./stoppers.ts";
import { pageOf, profilePaths, take } from "./targets.ts";
import type { MemoryUse } from "./web-process.ts";

export type MemoryRun = {
  requests: number;
  bad: number;
  requestsPerSecond: number;
  samples: (MemoryUse & { requests: number })[];
  /** Over the second half, when caches are full: bytes for each request. */
  rssSlope: number;
  heapSlope: number;
  flat: boolean;
};

const CONNECTIONS = 64;
const PARTS = 40;
/** Less than this for each request is noise: a leak of a request's state is tens of kilobytes. */
const FLAT_BYTES = 256;

/**
 * Searches and profiles, none of them kept from before: the directory "changes" between parts, so
 * that every page is made anew and old ones are dropped.
 */
export async function measureMemory(
  directory: BenchSite,
  requests: number,
  { stoppers, signal }: { stoppers: Stoppers; signal: AbortSignal },
): Promise<MemoryRun> {
  const perPart = Math.max(CONNECTIONS, Math.ceil(requests / PARTS));
  const searches = take(drawSearches(directory.documents), perPart).map(pageOf);
  const profiles = profilePaths(directory);
  const mixed = searches.map((search, position) =>
    position % 4 === 3 ? (profiles[position % profiles.length] ?? search) : search,
  );
  const file = writeRequests(workFile(directory, "memory.json"), mixed);
  const samples: MemoryRun["samples"] = [];
  const run = { requests: 0, bad: 0, seconds: 0 };
  while (run.requests < requests) {
    signal.throwIfAborted();
    await bumpDirectoryVersion(directory.postgres.db);
    const result = await runLoad(
      {
        url: directory.web.url,
        requests: file,
        headers: { "accept-encoding": "br, gzip", accept: "text/html" },
        connections: CONNECTIONS,
        until: "all-requested",
        onceEach: false,
      },
      stoppers,
    );
    run.requests += result.requests;
    run.bad += result.bad;
    run.seconds += result.requests / result.requestsPerSecond;
    samples.push({ ...directory.web.memory(), requests: run.requests });
    if (samples.length % 4 === 0) detail(lineOf(samples.at(-1)));
  }
  return { ...judge(samples), ...run, samples, requestsPerSecond: run.requests / run.seconds };
}

function judge(samples: MemoryRun["samples"]) {
  const late = samples.slice(samples.length >> 1);
  const over = (value: (sample: MemoryUse) => number) =>
    slope(late.map((sample) => ({ x: sample.requests, y: value(sample) })));
  const rssSlope = over((sample) => sample.rss);
  const heapSlope = over((sample) => sample.heapUsed);
  return { rssSlope, heapSlope, flat: rssSlope < FLAT_BYTES };
}

function lineOf(sample: MemoryRun["samples"][number] | undefined): string {
  if (sample === undefined) return "";
  const { requests, rss, heapUsed } = sample;
  const count = requests.toLocaleString("en");
  return `  ${count} requests: RSS ${megabytes(rss)}, heap ${megabytes(heapUsed)}`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
