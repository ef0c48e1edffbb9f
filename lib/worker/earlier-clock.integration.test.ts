import { expect, test } from "vitest";
import { testDatabase } from "../../tests/support/test-database.ts";
import { earlierClock } from "./earlier-clock.ts";

const database = testDatabase();

test("of two clocks, the one that is behind counts", async () => {
  const real = Date.now;
  try {
    Date.now = () => real() + 86_400_000;
    expect((await earlierClock(database.db)).getTime()).toBeLessThan(real() + 60_000);
    Date.now = () => real() - 86_400_000;
    expect((await earlierClock(database.db)).getTime()).toBeLessThan(real() - 86_000_000);
  } finally {
    Date.now = real;
  }
});
