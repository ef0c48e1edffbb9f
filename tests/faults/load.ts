import { setTimeout as pause } from "node:timers/promises";
import type { APIRequestContext, APIResponse } from "@playwright/test";

/** Longer than this, and whoever asked has given up. */
const patienceMs = 15_000;

export type WriteKind = "note" | "message" | "opening" | "report";
/** Writes that the site said it has, and those of which nobody can know. */
export type Writes = Record<WriteKind, { acknowledged: number; unknown: number }>;

export type Tally = {
  /** When it began, by `performance.now()`. */
  began: number;
  statuses: Map<number, number>;
  /** Broken off, refused, or too late. */
  unanswered: number;
  /** Pages that did not come: without an answer, or with a 5xx. */
  failedGets: string[];
  /** Answers of 500 and above that are no "not just now", in words. */
  broken: string[];
  /** The longest that a reader waited, and for what. */
  slowest: { ms: number; path: string };
  /** The same for staff. */
  slowestOfStaff: { ms: number; path: string };
  writes: Writes;
  /** What the therapist said last of openings; null when nobody can know whether it was heard. */
  lastOpening: boolean | null;
};

export type People = {
  reader: APIRequestContext;
  therapist: APIRequestContext;
  moderator: APIRequestContext;
  /** Addresses of profiles that readers may see. */
  profiles: readonly string[];
  /** A case that the moderator has claimed. */
  casePath: string;
};

export type Load = { tally: Tally; stop: () => Promise<Tally> };

/**
 * Everyone at once, until told to stop: three readers, one who reports, a therapist who looks and
 * changes what is said of openings, a moderator who reads a case and writes notes and messages. Nobody is faster than people are.
 */
export function startLoad(people: People): Load {
  const stopping = new AbortController();
  const tally: Tally = {
    began: performance.now(),
    statuses: new Map(),
    unanswered: 0,
    failedGets: [],
    broken: [],
    slowest: { ms: 0, path: "" },
    slowestOfStaff: { ms: 0, path: "" },
    writes: {
      note: { acknowledged: 0, unknown: 0 },
      message: { acknowledged: 0, unknown: 0 },
      opening: { acknowledged: 0, unknown: 0 },
      report: { acknowledged: 0, unknown: 0 },
    },
    lastOpening: null,
  };
  const pages = pagesOf(people.profiles);
  const loops = [
    ...[0, 1, 2].map((offset) =>
      repeat(40, stopping.signal, async (turn) => {
        const path = pages[(turn * 3 + offset) % pages.length] ?? "/";
        await look(people.reader, path, tally);
      }),
    ),
    repeat(500, stopping.signal, async () => {
      await look(people.therapist, "/account/availability", tally);
      await look(people.moderator, people.casePath, tally);
    }),
    repeat(3_300, stopping.signal, (turn) => report(people, turn, tally)),
    repeat(150, stopping.signal, (turn) => sayOpenings(people, turn % 2 === 0, tally)),
    repeat(200, stopping.signal, (turn) => write(people, turn, tally)),
  ];
  return {
    tally,
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
      return tally;
    },
  };
}

const asking = { timeout: patienceMs, maxRedirects: 0, failOnStatusCode: false } as const;

function pagesOf(profiles: readonly string[]): string[] {
  const searches = [
    "/therapists?region=US-CA",
    "/therapists?q=trauma",
    "/es/therapists?region=US-NV&format=video",
    "/therapists?modality=emdr&accepting=1",
    "/",
  ];
  return profiles.flatMap((profile, at) => [searches[at % searches.length] ?? "/", profile]);
}

async function repeat(
  paceMs: number,
  signal: AbortSignal,
  once: (turn: number) => Promise<void>,
): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    await once(turn);
    await pause(paceMs, undefined, { signal }).catch(() => undefined);
  }
}

async function look(
  context: APIRequestContext,
  path: string,
  tally: Tally,
): Promise<APIResponse | null> {
  const page = await ask(path, () => context.get(path, asking), tally);
  const status = page?.status() ?? 0;
  if (status === 0 || status >= 500) tally.failedGets.push(told(status, path, tally));
  return page;
}

function told(status: number, path: string, { began }: Tally): string {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  return `${status || "no answer"} ${path} after ${seconds} s`;
}

/** @returns null when there was no answer */
async function ask(
  path: string,
  question: () => Promise<APIResponse>,
  tally: Tally,
): Promise<APIResponse | null> {
  const began = performance.now();
  try {
    const answer = await question();
    const status = answer.status();
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
    if (status >= 500 && status !== 503) tally.broken.push(told(status, path, tally));
    return answer;
  } catch {
    tally.unanswered += 1;
    return null;
  } finally {
    const ms = Math.round(performance.now() - began);
    const of = /^\/(account|moderation)/.test(path) ? "slowestOfStaff" : "slowest";
    if (ms > tally[of].ms) tally[of] = { ms, path };
  }
}

/** @returns whether it was taken; null when nobody can know */
async function send(
  kind: WriteKind,
  context: APIRequestContext,
  [path, form, done]: [path: string, form: Record<string, string>, done: RegExp],
  tally: Tally,
): Promise<boolean | null> {
  const answer = await ask(path, () => context.post(path, { ...asking, form }), tally);
  if (answer !== null && answer.status() < 500) {
    const taken = answer.status() === 303 && done.test(answer.headers().location ?? "");
    if (taken) tally.writes[kind].acknowledged += 1;
    return taken;
  }
  // Broken off before or after it was committed: either may be so.
  tally.writes[kind].unknown += 1;
  return null;
}

async function sayOpenings({ therapist }: People, accepting: boolean, tally: Tally): Promise<void> {
  const form = { accepting: accepting ? "yes" : "no", nextOpening: "" };
  const taken = await send(
    "opening",
    therapist,
    ["/account/availability", form, /done=saved/],
    tally,
  );
  if (taken === null) tally.lastOpening = null;
  else if (taken) tally.lastOpening = accepting;
}

async function write({ moderator, casePath }: People, turn: number, tally: Tally): Promise<void> {
  const kind = turn % 6 === 5 ? "message" : "note";
  const form = {
    kind: kind === "note" ? "private-note" : "from-moderators",
    body: `Looked at it again, ${turn}.`,
  };
  await send(kind, moderator, [`${casePath}/messages`, form, /done=written/], tally);
}

async function report({ reader, profiles }: People, turn: number, tally: Tally): Promise<void> {
  const path = `${profiles[turn % profiles.length]}/report`;
  const page = await look(reader, path, tally);
  const token = /name="form" value="([^"]+)"/.exec((await page?.text()) ?? "")?.[1];
  if (token === undefined) return;
  // A form that comes back faster than people type is held back.
  await pause(3_100);
  const words = `The town is another one now, ${performance.now()}.`;
  const form = { form: token, kind: "wrong-facts", words };
  await send("report", reader, [path, form, /report\/sent/], tally);
}
