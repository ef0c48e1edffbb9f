import { renameSync, writeFileSync } from "node:fs";

// Loaded into the web process beside its own code: the size of the heap is seen from inside only.
const file = process.env.BENCH_MEMORY_FILE;

function report(): void {
  if (!file) return;
  writeFileSync(`${file}.draft`, JSON.stringify(process.memoryUsage()));
  renameSync(`${file}.draft`, file);
}

setInterval(report, 500).unref();
