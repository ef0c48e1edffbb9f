import type { Made } from "./make-directory.ts";
import type { MemoryRun } from "./memory-run.ts";
import type { PageWeight } from "./page-weight.ts";
import type { Measured } from "./rounds.ts";

export type Report = {
  at: string;
  machine: { cpus: number; model: string; node: string; loadBefore: number; loadAfter: number };
  options: { seconds: number; rounds: number; connections: number };
  measured: Measured[];
  directories: ({ therapists: number } & Made)[];
  page: PageWeight;
  memory: MemoryRun | null;
};

export function printReport(report: Report): void {
  for (const { therapists } of report.directories) printTable(report, therapists);
  printGrowth(report);
  printMade(report.directories);
  const { html, htmlPlain, css, fonts } = report.page;
  console.log(
    `\nResults page: HTML ${kilobytes(html)} (${kilobytes(htmlPlain)} plain) + CSS ${kilobytes(css)}` +
      ` = ${kilobytes(html + css)} compressed; fonts apart ${kilobytes(fonts)}`,
  );
  if (report.memory) printMemory(report.memory);
}

export function printMade(directories: Report["directories"]): void {
  console.log("\nMaking the directory");
  for (const { therapists, documents, ...made } of directories) {
    const { seedingSeconds, indexSeconds, rawIngestionSeconds, indexRss } = made;
    if (indexSeconds === null || rawIngestionSeconds === null) {
      console.log(
        `  ${count(therapists)}: ${count(documents)} documents; no index was built in this run`,
      );
      continue;
    }
    const seeding = seedingSeconds === null ? "" : `seeding ${seedingSeconds.toFixed(1)} s; `;
    const times = (indexSeconds / rawIngestionSeconds).toFixed(2);
    console.log(
      `  ${count(therapists)}: ${seeding}index ${indexSeconds.toFixed(1)} s for ${count(documents)}` +
        ` documents, ${times} times the bare engine (${rawIngestionSeconds.toFixed(1)} s); memory of` +
        ` the builder ${megabytes(indexRss?.early)} at a quarter, ${megabytes(indexRss?.late)} at the end`,
    );
  }
}

function printTable({ measured, options }: Report, therapists: number): void {
  const { connections, rounds, seconds } = options;
  console.log(
    `\n${count(therapists)} therapists, ${connections} connections, medians of ${rounds} rounds of ${seconds} s`,
  );
  const head = ["", "requests/s", "p50 ms", "p99 ms", "failed", "to raw", "web RSS MB"];
  const rows = measured
    .filter((each) => each.therapists === therapists)
    .map((each) => [
      each.target,
      count(Math.round(each.requestsPerSecond)),
      each.p50.toFixed(1),
      each.p99.toFixed(1),
      String(each.bad),
      each.ratio.toFixed(2),
      String(Math.round(each.webRss / 1024 / 1024)),
    ]);
  for (const row of [head, ...rows]) {
    console.log(
      `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(22) : cell.padStart(11))).join("")}`,
    );
  }
}

function printGrowth({ measured, directories }: Report): void {
  const small = directories[0]?.therapists;
  const large = directories.at(-1)?.therapists;
  if (small === undefined || large === undefined || small === large) return;
  console.log(`\nFrom ${count(small)} to ${count(large)} therapists, so many times slower`);
  for (const before of measured.filter((each) => each.therapists === small)) {
    const after = measured.find(
      (each) => each.therapists === large && each.target === before.target,
    );
    if (!after) continue;
    const times = (before.requestsPerSecond / after.requestsPerSecond).toFixed(2);
    console.log(`  ${before.target.padEnd(22)}${times.padStart(11)}`);
  }
}

function printMemory(memory: MemoryRun): void {
  const { requests, bad, rssSlope, heapSlope, flat, samples } = memory;
  const first = samples[0];
  const last = samples.at(-1);
  const highest = Math.max(...samples.map((sample) => sample.rss));
  console.log(
    `\nMemory over ${count(requests)} requests at 64 connections (${bad} failed): RSS ` +
      `${megabytes(first?.rss)} at first, ${megabytes(highest)} at most, ${megabytes(last?.rss)} at last`,
  );
  console.log(
    `  second half: RSS ${rssSlope.toFixed(0)} and heap ${heapSlope.toFixed(0)} bytes a request: ` +
      (flat ? "flat" : "it grows"),
  );
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

function megabytes(bytes = 0): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
