import { expect, test } from "vitest";
import { readOptions as readRestore } from "../restore/options.ts";
import { readOptions } from "./options.ts";

test.each([
  [["--to", "a.backup"], { to: "a.backup", ledger: null }],
  [["--to", "a", "--ledger", "b"], { to: "a", ledger: "b" }],
  [["--ledger-only"], { to: null, ledger: null }],
  [["--help"], "help"],
])("backup %j", (argv, expected) => {
  expect(readOptions(argv)).toEqual(expected);
});

test.each([
  [[], "--to FILE is missing"],
  [["--to", "a", "--ledger-only"], "do not go together"],
  [["--into", "a"], "Unknown option"],
])("backup %j is refused: %s", (argv, words) => {
  expect(readOptions(argv)).toMatchObject({ problem: expect.stringContaining(words) });
});

test.each([
  [
    ["--from", "a", "--identity", "k"],
    { from: "a", identity: "k", ledger: null, withoutLedger: false },
  ],
  [["--help"], "help"],
])("restore %j", (argv, expected) => {
  expect(readRestore(argv)).toEqual(expected);
});

test.each([
  [[], "which backup"],
  [["--from", "a"], "the secret key"],
  [["--from", "a", "--identity", "k", "--ledger", "l", "--without-ledger"], "which?"],
])("restore %j is refused: %s", (argv, words) => {
  expect(readRestore(argv)).toMatchObject({ problem: expect.stringContaining(words) });
});
