import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackages } from "./debian-packages.ts";
import { runTool } from "./run-tool.ts";
import { honest, type Tally } from "./tally.ts";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

export async function runVitest(project: string, args: string[], temp: string): Promise<Tally> {
  if (project === "integration") await ensureDebianPackages(["pgbouncer"]);
  const report = join(temp, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runTool("vitest", ["run", "--project", project, ...reporters, ...args]);
  return honest(readReport(report), code);
}

function readReport(path: string): Tally {
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0 };
  const report: Report = JSON.parse(readFileSync(path, "utf8"));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
