import { SetupError } from "#lib/errors.ts";

type Fault = { reason: string; advice: string };

/** What no waiting mends: somebody has to correct a setting. */
const wrong: Record<string, Fault> = {
  "28P01": { reason: "it refuses the password", advice: "Correct user and password in" },
  "28000": { reason: "it refuses the user", advice: "Correct the user in, or pg_hba.conf for," },
  "3D000": { reason: "that database does not exist", advice: "Create it, or correct the name in" },
  "42501": { reason: "the user has no right there", advice: "Grant it, or correct the user in" },
  ENOTFOUND: { reason: "the host name is unknown", advice: "Correct the host in" },
};

const passing: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  CONNECT_TIMEOUT: "no answer in time",
  EAI_AGAIN: "the host name cannot be looked up now",
  "57P03": "it is starting or stopping",
  "53300": "it has no connection left",
};

/**
 * Why a part that somebody else runs does not answer, by its code: a driver's message may quote what it
 * was given.
 */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "no answer";
  const code = codeOf(error);
  return wrong[code]?.reason ?? passing[code] ?? (code || cause.message);
}

/**
 * In words what has to be corrected, by the variable that holds it; null for what may pass by itself.
 * Host and database alone are named: the address may hold a password.
 */
export function settingFault(part: string, variable: string, url: string, error: unknown) {
  const fault = wrong[codeOf(error)];
  if (!fault) return null;
  const { host, pathname, username } = new URL(url);
  const user = username ? `, as ${decodeURIComponent(username)}` : "";
  const place = part === "Postgres" ? `${pathname.slice(1)} at ${host}${user}` : host;
  return new SetupError(
    `${part} (${place}): ${fault.reason}.\n  ${fault.advice} ${variable}, and start again.`,
  );
}

export function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
