/** The last link of a chain: how long it is, and the hash that stands for all of it. */
export type Head = { seq: number; hash: string };

/** What a chain of no links ends with, and what the first link goes on from. */
export const emptyHead: Head = { seq: 0, hash: "0".repeat(64) };

/** `1234:abcd…`, as it is printed, signed and kept elsewhere. */
export function headText({ seq, hash }: Head): string {
  return `${seq}:${hash}`;
}

/** @returns null for what is no head */
export function readHeadText(text: string): Head | null {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  return seq && hash ? { seq: Number(seq), hash } : null;
}

/** What can be wrong with a chain; each has its words in the message files and for the command. */
export const chainFaults = [
  /** The event is not the one that was hashed. */
  "event-changed",
  /** There is a link to it, and no such event. */
  "event-missing",
  /** There is an event, and no link to it. */
  "event-unlinked",
  /** The link itself is not as it was written. */
  "link-changed",
  /** A number is left out. */
  "link-missing",
  /** It does not go on from the link before: it was put in, moved, or the one before made anew. */
  "chain-broken",
  /** Well in itself, but not the chain whose head was kept. */
  "not-the-kept-chain",
  /** It ends before the head that was kept. */
  "cut-off",
] as const;

export type ChainFault = {
  fault: (typeof chainFaults)[number];
  /** The number of the link; null where an event has none. */
  seq: number | null;
  /** The number of the event, as far as one can be named. */
  eventId: string | null;
};

/** How many links a page checks while somebody waits; longer chains are for the command. */
export const mostCheckedOnPage = 50_000;
