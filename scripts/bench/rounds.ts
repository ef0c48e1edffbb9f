import { loadavg } from "node:os";
import { detail } from "../up/print.ts";
import type { BenchSite } from "./directory.ts";
import { type LoadResult, runLoad } from "./load.ts";
import type { BenchOptions } from "./options.ts";
import { median } from "./statistics.ts";
import type { Stoppers } from "./stoppers.ts";
import { type Target, type TargetName, targetsOf } from "./targets.ts";

export type Measured = {
  therapists: number;
  target: TargetName;
  requestsPerSecond: number;
  /** To the raw engine in the same round, so that a slow minute counts against neither. */
  ratio: number;
  p50: number;
  p99: number;
  bad: number;
  webRss: number;
};

type Sample = LoadResult & { webRss: number };
type Lane = { directory: BenchSite; target: Target; samples: Sample[] };

const WARM_UP_SECONDS = 3;

/** A B C ... A B C ...: whatever disturbs the machine for a while disturbs them all. */
export async function measureRounds(
  directories: readonly BenchSite[],
  options: BenchOptions,
  { stoppers, signal }: { stoppers: Stoppers; signal: AbortSignal },
): Promise<Measured[]> {
  const lanes: Lane[] = [];
  for (const directory of directories) {
    const targets = await targetsOf(directory, options, stoppers);
    lanes.push(...targets.map((target) => ({ directory, target, samples: [] })));
  }
  for (let round = -1; round < options.rounds; round += 1) {
    const name = round < 0 ? "warm-up" : `round ${round + 1} of ${options.rounds}`;
    detail(`${name}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
    for (const lane of lanes) {
      signal.throwIfAborted();
      const seconds = round < 0 ? WARM_UP_SECONDS : options.seconds;
      const load = await lane.target.load(round, seconds);
      if (lane.target.visitFirst) await runLoad({ ...load, until: "all-requested" }, stoppers);
      const result = await runLoad(load, stoppers);
      if (round < 0) continue;
      lane.samples.push({ ...result, webRss: lane.directory.web.memory().rss });
      detail(lineOf(lane, result));
    }
  }
  return lanes.map((lane) => summary(lane, lanes));
}

function lineOf({ directory, target }: Lane, result: LoadResult): string {
  const rate = `${Math.round(result.requestsPerSecond)}/s`;
  const bad = result.bad > 0 ? `, ${result.bad} failed` : "";
  const times = `p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms`;
  return `  ${directory.therapists} ${target.name}: ${rate}, ${times}${bad}`;
}

function summary({ directory, target, samples }: Lane, lanes: readonly Lane[]): Measured {
  const raw = lanes.find(
    (lane) => lane.directory === directory && lane.target.name === "raw engine",
  );
  const middle = (value: (sample: Sample) => number) => median(samples.map(value));
  const ratios = samples.map((sample, round) => {
    return sample.requestsPerSecond / (raw?.samples[round]?.requestsPerSecond ?? Number.NaN);
  });
  return {
    therapists: directory.therapists,
    target: target.name,
    requestsPerSecond: middle((sample) => sample.requestsPerSecond),
    ratio: median(ratios),
    p50: middle((sample) => sample.p50),
    p99: middle((sample) => sample.p99),
    bad: samples.reduce((sum, sample) => sum + sample.bad, 0),
    webRss: middle((sample) => sample.webRss),
  };
}
