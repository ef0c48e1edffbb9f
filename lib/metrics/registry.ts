import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type Db, primary } from "#db/client.ts";
import type { Plane } from "#lib/planes/rules.ts";
import { countConnections, countJobs, countMails } from "./queries.ts";
import { coarse } from "./rules.ts";

/** One for a process: its memory, processor time and event loop, and what is added below. */
export const registry = new Registry();

/** Readers are few on some sites, and a count by the minute would say when each one came. */
const answers = new Map<string, { plane: Plane | "both"; status: string; count: number }>();

/** Counts an answer by its plane and kind of status: no address, no time it took. */
export function countAnswer(plane: Plane | "both", status: number): void {
  const kind = `${Math.floor(status / 100)}xx`;
  const key = `${plane} ${kind}`;
  const found = answers.get(key) ?? { plane, status: kind, count: 0 };
  answers.set(key, { ...found, count: found.count + 1 });
}

/** What every process tells of itself. */
export function measureProcess(): void {
  collectDefaultMetrics({ register: registry, prefix: "parasol_" });
}

export function measureAnswers(): void {
  new Counter({
    name: "parasol_answers_total",
    help: "Answers by plane and kind of status; those of the reader plane below 5xx in hundreds.",
    labelNames: ["plane", "status"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { plane, status, count } of answers.values()) {
        this.inc({ plane, status }, coarse(plane, status, count));
      }
    },
  });
}

/** What lies in the database: for workers, so that web processes do not all ask the same. */
export function measureQueue(db: Db = primary()): void {
  const jobs = gauge("parasol_jobs", "Jobs by task and state.", ["task", "state"]);
  const age = gauge("parasol_jobs_oldest_seconds", "How long the oldest ready job has waited.");
  const mails = gauge("parasol_mails", "Mails that are not sent, by state.", ["state"]);
  const pool = gauge("parasol_database_connections", "Connections by state.", ["state"]);
  const up = gauge("parasol_database_up", "1 when the database answered this scrape.");
  const gauges = [jobs, age, mails, pool, up];
  const read = async () => {
    for (const one of gauges) one.reset();
    try {
      const [queue, waiting, open] = await Promise.all([
        countJobs(db),
        countMails(db),
        countConnections(db),
      ]);
      for (const { task, state, count } of queue) jobs.set({ task, state }, count);
      age.set(Math.max(0, ...queue.map(({ seconds }) => seconds)));
      for (const { state, count } of waiting) mails.set({ state }, count);
      for (const { state, count } of open) pool.set({ state }, count);
      up.set(1);
    } catch {
      up.set(0);
    }
  };
  // All are told at once, and each waits for the one reading.
  let reading: Promise<void> | null = null;
  for (const one of gauges) {
    one.collect = () => {
      reading ??= read().finally(() => {
        reading = null;
      });
      return reading;
    };
  }
}

/** How many search nodes there are, and how many serve readers; asked at each scrape. */
export function measureSearchNodes(serving: () => Promise<boolean[]>): void {
  const nodes = gauge("parasol_search_nodes", "Search nodes: known, and well.", ["state"]);
  nodes.collect = async () => {
    const states = await serving();
    nodes.set({ state: "known" }, states.length);
    nodes.set({ state: "well" }, states.filter(Boolean).length);
  };
}

function gauge(name: string, help: string, labelNames: string[] = []): Collecting {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}

type Collecting = Gauge & { collect?: () => Promise<void> };
