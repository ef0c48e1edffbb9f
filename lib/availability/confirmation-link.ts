import { timingSafeEqual } from "node:crypto";
import { siteAddress } from "#lib/email/site-address.ts";
import { keyedHash, passingHashes } from "#lib/sealing/seal.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { LINK_DAYS } from "./rules.ts";

const PURPOSE = "confirm-openings";

export type ReadToken =
  | { state: "signed"; therapistId: string; round: number }
  | { state: "expired" }
  | { state: "unknown" };

/** A link with which its holder can confirm openings without signing in, and nothing else. */
export function confirmationLink(
  therapist: { id: string; confirmationRound: number },
  today: Day,
  locale: "en" | "es",
): string {
  const until = addDays(today, LINK_DAYS);
  const claim = Buffer.from(`${therapist.id}.${therapist.confirmationRound}.${until}`);
  const body = claim.toString("base64url");
  return siteAddress(`/confirm/${body}.${keyedHash(body, PURPOSE)}`, locale);
}

/** What we once signed; whether it was used since, the therapist's round says. */
export function readConfirmationToken(token: string, today: Day): ReadToken {
  const [, body = "", signature = ""] = /^([\w-]{1,400})\.([\w-]{43})$/.exec(token) ?? [];
  if (!passingHashes(body, PURPOSE).some((ours) => isSame(ours, signature))) {
    return { state: "unknown" };
  }
  const claim = Buffer.from(body, "base64url").toString();
  const [, therapistId, round, until] = /^(.+)\.(\d+)\.(\d{4}-\d{2}-\d{2})$/.exec(claim) ?? [];
  if (!therapistId || !round || !until) return { state: "unknown" };
  return until < today
    ? { state: "expired" }
    : { state: "signed", therapistId, round: Number(round) };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
