import { planeOf } from "#lib/planes/rules.ts";

/** What the front door takes; whatever is above gets an answer in words (docs/decisions/0025). */
export const limits = {
  /** Room for an address that is far too long, so that it gets an answer in words. */
  urlLength: 32_000,
  headerBytes: 128 * 1024,
  headersMs: 10_000,
  /** How long a connection waits for the next request, and how long for anything at all. */
  keepAliveMs: 65_000,
  silenceMs: 120_000,
  /** How long whoever was refused may go on sending before the line is cut. */
  lingerMs: 10_000,
  connections: 2_048,
  /** More at once than this only makes every reader wait; the rest are told to come back. */
  inFlight: 512,
};

/** What a request may carry, for how long it may take to arrive, and how many at a time. */
export type BodyLimit = { bytes: number; ms: number; atOnce: number };

/**
 * Above what the routes themselves take: those say in a page what was too large. Nobody is told
 * apart by address: a flood makes senders wait, and readers who only look are served.
 */
export const bodyLimits = {
  /** Sealed letters, proofs and tokens. */
  letter: { bytes: 100_000, ms: 30_000, atOnce: 64 },
  /** Forms of readers. */
  form: { bytes: 500_000, ms: 60_000, atOnce: 64 },
  /** Documents of ten megabytes, from a slow phone. */
  upload: { bytes: 12_000_000, ms: 180_000, atOnce: 64 },
} as const satisfies Record<string, BodyLimit>;

export function bodyClassOf(url: string): keyof typeof bodyLimits {
  if (/^\/api\//.test(url)) return "letter";
  return planeOf(url) === "staff" ? "upload" : "form";
}
