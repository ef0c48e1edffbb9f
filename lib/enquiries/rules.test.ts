import { describe, expect, test } from "vitest";
import { effortFor, keyStates, keyWaitHours, mostLettersADay, oldKeyDays } from "./rules.ts";

test.each([
  [0, 1],
  [19, 1],
  [20, 2],
  [40, 4],
  [60, 8],
  [80, 16],
  [mostLettersADay, 16],
  [100_000, 16],
])("with %d letters today, one more is %d times the work", (letters, effort) => {
  expect(effortFor(letters)).toBe(effort);
});

test("an old key outlives what can be sealed to it, and a new one waits for three days", () => {
  expect(oldKeyDays).toBeGreaterThanOrEqual(30 + 14);
  expect(keyWaitHours).toBe(72);
});

describe("keys, newest first", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const hour = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const key = (from: number, withdrawn?: number) => ({
    activeFrom: hour(from),
    withdrawnAt: withdrawn === undefined ? null : hour(withdrawn),
  });

  test.each([
    ["none", [], []],
    ["one", [key(-1)], ["active"]],
    ["one, from this moment", [key(0)], ["active"]],
    ["one that waits, and no other", [key(1)], ["waiting"]],
    ["one that waits beside another", [key(1), key(-1)], ["waiting", "active"]],
    ["one after another", [key(-1), key(-2)], ["active", "earlier"]],
    ["the newest taken back", [key(-1, 0), key(-2)], ["withdrawn", "earlier"]],
    ["both taken back", [key(-1, 0), key(-2, -1)], ["withdrawn", "withdrawn"]],
    ["one taken back, and one that waits", [key(72), key(-2, -1)], ["waiting", "withdrawn"]],
  ])("%s", (_name, keys, states) => {
    expect(keyStates(keys, now)).toEqual(states);
  });
});
