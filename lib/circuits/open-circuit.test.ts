import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UnavailableError } from "#lib/errors.ts";
import { openCircuit } from "./open-circuit.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A part that can be well, silent or refusing, and counts who asks it. */
function somePart() {
  const part = { asked: 0, looked: 0, state: "well" as "well" | "silent" | "refusing" };
  const answer = () => {
    if (part.state === "silent") return new Promise<string>(() => {});
    if (part.state === "refusing") return Promise.reject(new UnavailableError("meilisearch"));
    return Promise.resolve("found");
  };
  const circuit = openCircuit({
    part: "meilisearch",
    lookAgain: () => {
      part.looked += 1;
      return answer();
    },
  });
  const ask = () =>
    circuit.run(() => {
      part.asked += 1;
      return answer();
    });
  return { part, ask, circuit };
}

const isAway = { name: "UnavailableError", part: "meilisearch" };

test("a silent part is waited for once, for a second; whoever comes later waits for nothing", async () => {
  const { part, ask } = somePart();
  part.state = "silent";
  const first = expect(ask()).rejects.toMatchObject(isAway);
  const atOnce = expect(ask()).rejects.toMatchObject(isAway);
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all([first, atOnce]);
  expect(part.asked).toBe(2);
  await expect(ask()).rejects.toMatchObject(isAway);
  expect(part.asked).toBe(2);
});

test("whoever needs the part for longer hears at once that it is away, and that it is back", async () => {
  const { part, ask, circuit } = somePart();
  circuit.requireClosed();
  part.state = "refusing";
  await expect(ask()).rejects.toMatchObject(isAway);
  expect(() => circuit.requireClosed()).toThrow(expect.objectContaining(isAway));
  part.state = "well";
  await vi.advanceTimersByTimeAsync(500);
  circuit.requireClosed();
  expect(part.asked).toBe(1);
});

test.each(["silent", "refusing"] as const)(
  "a %s part that is well again is asked again",
  async (state) => {
    const { part, ask } = somePart();
    part.state = state;
    const first = expect(ask()).rejects.toMatchObject(isAway);
    await vi.advanceTimersByTimeAsync(20_000);
    await first;
    // No reader was the one who tried.
    expect(part.asked).toBe(1);
    expect(part.looked).toBeGreaterThan(5);
    part.state = "well";
    await vi.advanceTimersByTimeAsync(1_500);
    await expect(ask()).resolves.toBe("found");
    const looked = part.looked;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(part.looked).toBe(looked);
  },
);

test("it opens again when the part goes away a second time", async () => {
  const { part, ask } = somePart();
  for (let round = 0; round < 3; round += 1) {
    part.state = "refusing";
    await expect(ask()).rejects.toMatchObject(isAway);
    await expect(ask()).rejects.toMatchObject(isAway);
    part.state = "well";
    await vi.advanceTimersByTimeAsync(500);
    await expect(ask()).resolves.toBe("found");
  }
  expect(part.asked).toBe(6);
});

test("a defect of ours is thrown as it is, and opens nothing", async () => {
  const { ask } = somePart();
  const circuit = openCircuit({ part: "meilisearch", lookAgain: async () => {} });
  const defect = new TypeError("ours");
  await expect(circuit.run(() => Promise.reject(defect))).rejects.toBe(defect);
  await expect(circuit.run(async () => "found")).resolves.toBe("found");
  await expect(ask()).resolves.toBe("found");
});

test("what hangs is told that nobody waits any more", async () => {
  let told = false;
  const circuit = openCircuit({ part: "postgres", lookAgain: async () => {}, patienceMs: 50 });
  const asked = circuit.run((signal) => {
    signal.addEventListener("abort", () => {
      told = true;
    });
    return new Promise(() => {});
  });
  const refused = expect(asked).rejects.toMatchObject({ part: "postgres" });
  await vi.advanceTimersByTimeAsync(50);
  await refused;
  expect(told).toBe(true);
});
