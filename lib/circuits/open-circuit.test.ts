import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
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
  await vi.advanceTimersByTimeAsync(1_001);
  await Promise.all([first, atOnce]);
  expect(part.asked).toBe(2);
  await expect(ask()).rejects.toMatchObject(isAway);
  expect(part.asked).toBe(2);
});

test("a part that is slow with one and answers others is busy, not away", async () => {
  const circuit = openCircuit({ part: "postgres", lookAgain: async () => {} });
  const after = (ms: number) => () =>
    new Promise((resolve) => setTimeout(() => resolve("found"), ms));
  const slow = expect(circuit.run(after(3_000))).resolves.toBe("found");
  for (let each = 0; each < 4; each += 1) {
    const other = expect(circuit.run(after(800))).resolves.toBe("found");
    await vi.advanceTimersByTimeAsync(800);
    await other;
  }
  await slow;
  circuit.requireClosed();
});

test("one answer that never comes is given up, and the part is asked by others all the same", async () => {
  const circuit = openCircuit({ part: "postgres", lookAgain: async () => {} });
  const never = expect(circuit.run(() => new Promise(() => {}))).rejects.toMatchObject({
    part: "postgres",
  });
  for (let each = 0; each < 10; each += 1) {
    await vi.advanceTimersByTimeAsync(500);
    await circuit.run(async () => "found");
  }
  await vi.advanceTimersByTimeAsync(1);
  await never;
  circuit.requireClosed();
});

test("an answer that came while we were busy ourselves counts", async () => {
  vi.useRealTimers();
  const circuit = openCircuit({ part: "postgres", patienceMs: 20, lookAgain: async () => {} });
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const asked = circuit.run(() => fromAnotherThread(answered));
  const busyUntil = performance.now() + 50;
  while (performance.now() < busyUntil || Atomics.load(answered, 0) === 0);
  await expect(asked).resolves.toBe("found");
});

/** An answer that lies ready while this thread is busy, as one in a socket does. */
async function fromAnotherThread(answered: Int32Array): Promise<string> {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const code = `const { theirs, answered } = require("worker_threads").workerData;
    theirs.postMessage("found");
    theirs.close();
    Atomics.store(answered, 0, 1);`;
  const workerData = { theirs, answered };
  new Worker(code, { eval: true, workerData, transferList: [theirs] });
  const [answer] = await once(ours, "message");
  return answer;
}

test("a part that is slow with everyone and answers a small question is busy, not away", async () => {
  const circuit = openCircuit({ part: "postgres", lookAgain: async () => {} });
  const slow = circuit.run(
    () => new Promise((resolve) => setTimeout(() => resolve("found"), 3_000)),
  );
  await vi.advanceTimersByTimeAsync(3_001);
  await expect(slow).resolves.toBe("found");
  circuit.requireClosed();
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
  const circuit = openCircuit({
    part: "postgres",
    lookAgain: () => new Promise(() => {}),
    patienceMs: 50,
  });
  const asked = circuit.run((signal) => {
    signal.addEventListener("abort", () => {
      told = true;
    });
    return new Promise(() => {});
  });
  const refused = expect(asked).rejects.toMatchObject({ part: "postgres" });
  await vi.advanceTimersByTimeAsync(51);
  await refused;
  expect(told).toBe(true);
});
