import { expect, test, vi } from "vitest";
import { UnavailableError, unavailablePart } from "./errors.ts";

test("an error of the other module graph is known as well", async () => {
  vi.resetModules();
  const other = await import("./errors.ts");
  const theirs = new other.UnavailableError("postgres");
  expect(theirs).not.toBeInstanceOf(UnavailableError);
  expect(unavailablePart(theirs)).toBe("postgres");
  expect(unavailablePart(new Error("wrapped", { cause: theirs }))).toBe("postgres");
});

test.each([
  ["a line that broke", "CONNECTION_CLOSED"],
  ["a server that is starting", "57P03"],
  ["a pooler whose server is away", "08P01"],
])("%s is Postgres away: %s", (_, code) => {
  const thrown = Object.assign(new Error("words of theirs"), { code });
  expect(unavailablePart(new Error("a query", { cause: thrown }))).toBe("postgres");
});

test.each([[new TypeError("ours")], ["UnavailableError"], [null]])(
  "%o is no part away",
  (error) => {
    expect(unavailablePart(error)).toBeNull();
  },
);
