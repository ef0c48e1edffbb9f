import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("seed.ts", import.meta.url));

test.concurrent.each([
  [[], "--therapists is missing."],
  [["--therapists", "many"], "--therapists takes a whole number from 1 to 500000, not “many”."],
  [["--therapists", "1e9"], "not “1e9”."],
  [["--therapist", "5"], "Unknown option '--therapist'"],
])("seed %j says what is wrong and what to type", async (args, problem) => {
  const { code, stderr } = await run(args);
  expect(code).toBe(1);
  expect(stderr).toContain(problem);
  expect(stderr).toContain("npm run seed -- --therapists 5000");
});

function run(args: string[]): Promise<{ code: unknown; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, _, stderr) => {
      resolve({ code: error?.code ?? 0, stderr });
    });
  });
}
