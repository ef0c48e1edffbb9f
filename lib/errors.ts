/** Someone asked for something that is not there, or not theirs to see. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
}

/** What someone wants to change is not as they saw it any more. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
  /** A key under `conflict` in the message files. */
  readonly reason: ConflictReason;

  constructor(reason: ConflictReason) {
    super(reason);
    this.reason = reason;
  }
}

export type ConflictReason =
  | "changed-elsewhere"
  | "already-submitted"
  | "not-submitted"
  | "incomplete"
  | "not-listed"
  | "deletion-asked"
  | "too-many"
  | "not-claimed"
  | "already-decided"
  | "needs-another-person"
  | "not-ready"
  | "already-appealed"
  | "too-late"
  | "auditor-decides"
  | "last-lead"
  | "on-hold"
  | "key-waits"
  | "unsealed";

/** What was sent is no form that we could read. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly reason: "too-large" | "broken" | "no-form";

  constructor(reason: "too-large" | "broken" | "no-form") {
    super(reason);
    this.reason = reason;
  }
}

/** A part we stand on did not answer. `part` is for operators; it never names a reader. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
  readonly part: "postgres" | "meilisearch" | "storage";

  constructor(part: UnavailableError["part"], options?: ErrorOptions) {
    super(`${part} does not answer`, options);
    this.part = part;
  }
}

/** The environment or the machine is not as the process needs it; the message says what to do. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}

/**
 * Lines that broke, and a database that is stopping, starting, full, or only a copy just now; or is
 * away behind a pooler, which calls all that 08P01.
 */
const lostConnection =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|57P0[123]|53\d{3}|58030|25006|08\d{3}|08P01)$/;

/** The part that failed to answer, whatever wrapped the error; null when it is a defect of ours. */
export function unavailablePart(error: unknown): UnavailableError["part"] | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (isUnavailable(at)) return at.part;
    if (lostConnection.test(String((at as { code?: unknown }).code ?? ""))) return "postgres";
  }
  return null;
}

/** By its name: server and bundled pages are two module graphs, and each has a class of its own. */
function isUnavailable(error: Error): error is UnavailableError {
  return error.name === "UnavailableError" && "part" in error;
}

export type Defect = { kind: string; code?: string; places: string[] };

/**
 * What may be told of a defect: the kind of each error, its code and the places in the code. Messages
 * of databases and search engines quote their input, so none goes out.
 */
export function defectOf(error: unknown): Defect[] {
  const found: Defect[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const places = (at.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
    const code = String((at as { code?: unknown }).code ?? "");
    found.push({ kind: at.name, ...(code && { code }), places });
  }
  return found;
}

/** Tells operators of a defect without a word of what a reader asked. */
export function reportDefect(error: unknown): void {
  for (const { kind, code = "", places } of defectOf(error)) {
    console.error(`${kind} ${code}\n${places.join("\n")}`);
  }
}
