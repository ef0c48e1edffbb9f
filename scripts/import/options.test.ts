import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { columnNames } from "#lib/invitations/schema.ts";
import { readOptions } from "./options.ts";

const script = fileURLToPath(new URL("../import.ts", import.meta.url));

test.each([
  [["people.csv"], { path: "/from/people.csv", community: null, perMinute: 60 }],
  [["--dry-run", "/else/p.csv"], { path: "/else/p.csv", community: null, perMinute: 60 }],
  [
    ["p.csv", "--write", "--community", " Harbour ", "--per-minute", "5"],
    { path: "/from/p.csv", community: "Harbour", perMinute: 5 },
  ],
  // A name alone writes nothing.
  [["p.csv", "--community", "Harbour"], { path: "/from/p.csv", community: null, perMinute: 60 }],
  [["p.csv", "--help"], "help"],
])("%j", (argv, options) => {
  expect(readOptions(argv, "/from")).toEqual(options);
});

test.each([
  [[], "Its path is missing."],
  [["a.csv", "b.csv"], "One sheet at a time"],
  [["a.csv", "--write"], "--write needs --community"],
  [["a.csv", "--write", "--community", "  "], "--write needs --community"],
  [["a.csv", "--write", "--community", "x".repeat(121)], "up to 120 characters"],
  [["a.csv", "--write", "--community", "a\nBcc: b"], "--write needs --community"],
  [["a.csv", "--write", "--dry-run", "--community", "x"], "Either --write or --dry-run"],
  [["a.csv", "--per-minute", "0"], "--per-minute takes"],
  [["a.csv", "--per-minute", "1e3"], "--per-minute takes"],
  [["a.csv", "--wirte"], "Unknown option '--wirte'"],
])("%j says what is wrong", (argv, problem) => {
  expect(readOptions(argv, "/from")).toEqual({ problem: expect.stringContaining(problem) });
});

test("the help names every column, and so does the README", async () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const { code, stdout } = await run(["--help"]);
  expect(code).toBe(0);
  for (const column of columnNames) {
    expect(stdout).toContain(`\n  ${column} `);
    expect(readme).toContain(`\`${column}\``);
  }
});

test("a wrong call ends with what to type", async () => {
  const { code, stderr } = await run([]);
  expect(code).toBe(1);
  expect(stderr).toContain("npm run import -- people.csv");
});

function run(args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}
