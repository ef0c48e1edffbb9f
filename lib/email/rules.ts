import type { mailStates } from "#db/vocabulary.ts";

/** Why a mail was given up although no mail server said no. */
export const ownReasons = ["too-late", "unreadable", "made-up-address", "lost-job"] as const;
export type OwnReason = (typeof ownReasons)[number];

export type Failure = {
  /** A code for operators, such as `EENVELOPE 550 5.1.1`. Never an address, never a server's prose. */
  what: string;
  /** Trying again would change nothing. */
  permanent: boolean;
};

/** What a failed try means, from the error that the mail library threw. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { what: "unknown", permanent: false };
  const { code, responseCode, response, command } = error as Error & Record<string, unknown>;
  const status = typeof responseCode === "number" ? responseCode : null;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\s/.exec(String(response ?? ""))?.[1];
  const name = typeof code === "string" && /^[A-Z_]{1,30}$/.test(code) ? code : error.name;
  const refused = /^(RCPT TO|DATA)\b/.test(String(command ?? ""));
  return {
    what: [name, status, enhanced].filter(Boolean).join(" "),
    permanent: refused && status !== null && status >= 500 && status <= 599,
  };
}

/** Names that are reserved for examples and tests (RFC 2606, RFC 6761): nobody lives there. */
const reserved = /(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/;

/** Demo people have made-up addresses: their mail never leaves the machine and its neighbours. */
export function mayLeave(address: string, mailHost: string): boolean {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  return !reserved.test(domain) || isNear(mailHost);
}

/** Loopback, or a name without a dot, as containers call each other. */
function isNear(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "");
  return !name.includes(".") || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether someone may have it tried again. */
export function isStuck(
  mail: { state: (typeof mailStates)[number]; uselessAfter: Date | null },
  now: Date = new Date(),
): boolean {
  return mail.state !== "sent" && (mail.uselessAfter === null || mail.uselessAfter > now);
}
