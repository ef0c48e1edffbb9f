import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const module = fileURLToPath(new URL("./log.ts", import.meta.url));

function linesOf(code: string, env: Record<string, string> = {}): Record<string, unknown>[] {
  const script = `import { log, logDefect } from ${JSON.stringify(module)}; ${code}`;
  const given = ["--input-type=module", "-e", script];
  const { stderr } = spawnSync(process.execPath, given, {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return stderr
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test("a defect is told by kind, code and places, and by no word of its message", () => {
  const code = `const inner = Object.assign(new TypeError("key (email)=(ana@mail.example)"), { code: "23505" });
    logDefect(new Error("Failed query: select 'what she wrote'", { cause: inner }), { part: "web", area: "edit" });`;
  const [line, ...others] = linesOf(code);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ level: "error", part: "web", area: "edit", msg: "defect" });
  expect(line?.defect).toMatchObject([{ kind: "Error" }, { kind: "TypeError", code: "23505" }]);
  expect(JSON.stringify(line)).not.toMatch(/ana@|what she wrote/);
});

test("says neither machine nor process, and only what the level lets through", () => {
  const code = `log("debug", "job done", { part: "worker" }); log("info", "began", { part: "worker" });`;
  expect(linesOf(code).map((line) => Object.keys(line))).toEqual([
    ["level", "time", "part", "msg"],
  ]);
  expect(linesOf(code, { LOG_LEVEL: "debug" })).toHaveLength(2);
  expect(linesOf(code, { LOG_LEVEL: "silent" })).toHaveLength(0);
});
