import { describe, expect, test } from "vitest";
import { ignores, parseCommand, parseContainerfile, parseCopy, parseEnv } from "./containerfile.ts";

describe("a Containerfile", () => {
  test("is read as stages and steps, lines put together and comments left out", () => {
    const text = `# a
FROM node:1 AS one
RUN a \\
  && b
# between
FROM one
COPY --from=one /a ./
`;
    expect(parseContainerfile(text)).toEqual([
      { name: "one", from: "node:1", steps: [{ word: "RUN", rest: "a && b" }] },
      { name: null, from: "one", steps: [{ word: "COPY", rest: "--from=one /a ./" }] },
    ]);
  });

  test.each(["ADD a b", "FROM", "run a", "SHELL []"])("is refused with %s in it", (line) => {
    expect(() => parseContainerfile(`FROM a\n${line}\n`)).toThrow("no step that we know");
  });
});

test("variables, copies and commands are read, and refused when they are others", () => {
  expect(parseEnv("A=1 B=two=2")).toEqual({ A: "1", B: "two=2" });
  expect(() => parseEnv("A 1")).toThrow("no variable");
  expect(parseCopy("--from=build /app/a /app/b ./")).toEqual({
    from: "build",
    sources: ["/app/a", "/app/b"],
    to: "./",
  });
  expect(() => parseCopy("--chown=1 a b")).toThrow("no copy");
  expect(parseCommand('--timeout=5s CMD ["node", "-e", "1"]')).toEqual(["node", "-e", "1"]);
  expect(() => parseCommand("node a.ts")).toThrow();
});

test.each([
  [".git/config", true],
  [".data2/keys", true],
  [".env", true],
  [".env.example", false],
  ["node_modules/a", true],
  ["lib/node_modules.ts", false],
  ["lib/a.test.ts", true],
  ["a.test.ts", true],
  ["lib/a.test.tsx", false],
  ["public/assets/a", true],
  ["public/icon.svg", false],
])("%s is kept out of the image: %s", (path, isOut) => {
  const lines = ".git\n.data*\n.env\nnode_modules\npublic/assets\n**/*.test.ts\n";
  expect(ignores(lines)(path)).toBe(isOut);
});
