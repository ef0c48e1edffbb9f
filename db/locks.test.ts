import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { locks } from "./locks.ts";

test("no two locks have one number", () => {
  const numbers = Object.values(locks);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("what migrations lock by number is the chain alone", () => {
  const sql = globSync("db/migrations/*.sql").map((path) => readFileSync(path, "utf8"));
  const used = sql.flatMap((text) =>
    [...text.matchAll(/advisory\w*\((\d+)\)/g)].map(([, n]) => Number(n)),
  );
  expect(new Set(used)).toEqual(new Set([locks.auditChain]));
});

test("nobody else makes up a number", () => {
  const sources = globSync("{db,lib,scripts}/**/*.ts").filter(
    (path) => !path.startsWith("db/locks"),
  );
  const own = sources.filter((path) => /7267_?\d{4}/.test(readFileSync(path, "utf8")));
  expect(own).toEqual([]);
});
