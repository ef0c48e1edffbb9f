import { createHash } from "node:crypto";

/** An event in the words of the database, so that nothing is lost by reading it. */
export type EventText = {
  eventId: string;
  /** UTC with microseconds, such as `2026-11-02T09:30:00.123456Z`. */
  at: string;
  actorId: string | null;
  verb: string;
  subjectKind: string;
  subjectId: string;
  /** The text that Postgres makes of its JSON. */
  details: string;
};

/**
 * SHA-256 in hex over one line each: the hash before, the link's number, and what the event says.
 * The trigger in the database does the same in SQL (docs/decisions/0017).
 */
export function hashLink(before: string, seq: number | string, event: EventText): string {
  const { eventId, at, actorId, verb, subjectKind, subjectId, details } = event;
  const lines = [before, seq, eventId, at, actorId ?? "", verb, subjectKind, subjectId, details];
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}
