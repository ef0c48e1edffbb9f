import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "#lib/errors.ts";

export type BenchOptions = {
  /** How many therapists; each number is a directory of its own. */
  sizes: readonly number[];
  seconds: number;
  rounds: number;
  /** 0 leaves the memory run out. */
  memoryRequests: number;
  connections: number;
  /** Only what the audit chain costs. */
  chain: boolean;
  /** Only how the cost of each piece of work grows with the directory. */
  growth: boolean;
  /** Only what the queue costs with 10,000 open cases. */
  queue: boolean;
  /** Only how long readers and writers wait for changes of full tables. */
  locks: boolean;
  /** Of those, the works whose names have this in them; null for all. */
  only: string | null;
  /** Whether the search engine is filled and measured as well. */
  engine: boolean;
  /** Where directories lie for later runs as well; null: thrown away. */
  kept: string | null;
};

const defaults = { sizes: "5000,50000", seconds: "10", rounds: "5", "memory-requests": "200000" };
const quick = { sizes: "1000,5000", seconds: "3", rounds: "2", "memory-requests": "5000" };

const example = "npm run bench -- --sizes 5000,50000 --seconds 10 --rounds 5 --quick";

/** @throws SetupError naming what is wrong, with an example */
export function readOptions(argv: readonly string[]): BenchOptions {
  const given = parse(argv);
  const chosen = { ...(given.quick ? quick : defaults), ...given };
  return {
    sizes: chosen.sizes.split(",").map((size) => wholeNumber("sizes", size, 100, 500_000)),
    seconds: wholeNumber("seconds", chosen.seconds, 1, 600),
    rounds: wholeNumber("rounds", chosen.rounds, 1, 50),
    memoryRequests: wholeNumber("memory-requests", chosen["memory-requests"], 0, 10_000_000),
    connections: 32,
    chain: given.chain ?? false,
    growth: given.growth ?? false,
    queue: given.queue ?? false,
    locks: given.locks ?? false,
    only: given.only ?? null,
    engine: readEngine(given),
    kept: given.keep ? resolve(given.keep) : null,
  };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        sizes: text,
        seconds: text,
        rounds: text,
        "memory-requests": text,
        quick: { type: "boolean" },
        chain: { type: "boolean" },
        growth: { type: "boolean" },
        queue: { type: "boolean" },
        locks: { type: "boolean" },
        keep: text,
        only: text,
        "no-engine": { type: "boolean" },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`${reason}\nFor example: ${example}`);
  }
}

/** Pages cannot be measured without it. */
function readEngine(given: ReturnType<typeof parse>): boolean {
  if (!given["no-engine"]) return true;
  if (given.growth || given.queue || given.locks) return false;
  throw new SetupError(
    "--no-engine goes with --growth, --queue or --locks alone: pages need the engine.",
  );
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= min && value <= max) return value;
  throw new SetupError(
    `--${name} takes whole numbers from ${min} to ${max}, not “${text}”.\nFor example: ${example}`,
  );
}
