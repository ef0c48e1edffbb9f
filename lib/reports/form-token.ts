import { randomBytes, timingSafeEqual } from "node:crypto";
import { keyedHash, passingHashes } from "#lib/sealing/seal.ts";

/** Faster than people read, and longer than they leave a page open. */
const life = { fromMs: 3_000, toMs: 4 * 60 * 60_000 } as const;

/** What a form carries so that it makes one report, about one listing, within some hours. */
export function makeFormToken(slug: string, now: Date): string {
  const made = `${now.getTime().toString(36)}.${randomBytes(16).toString("base64url")}`;
  return `${made}.${keyedHash(textOf(made, slug), purpose)}`;
}

export type FormState = { state: "open"; nonce: string } | { state: "too-soon" | "too-old" };

/** Whatever we did not write, or wrote for another listing, counts as too old. */
export function readFormToken(token: string, slug: string, now: Date): FormState {
  const [moment = "", nonce = "", signed = "", ...more] = token.split(".");
  if (more.length > 0 || !isSigned(signed, textOf(`${moment}.${nonce}`, slug))) {
    return { state: "too-old" };
  }
  const age = now.getTime() - Number.parseInt(moment, 36);
  if (age < life.fromMs) return { state: "too-soon" };
  return age > life.toMs ? { state: "too-old" } : { state: "open", nonce };
}

const purpose = "report-form";

const textOf = (made: string, slug: string) => `${made}.${slug}`;

/** Also by the key before: a form may have been open while the master key was changed. */
function isSigned(signed: string, text: string): boolean {
  return passingHashes(text, purpose).some((right) => isSame(signed, right));
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
