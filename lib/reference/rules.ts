import { type IssuerKind, practisingIssuerKinds } from "#db/vocabulary.ts";

/** Whether an issuer's word alone lets a person practise. A certification never does. */
export function permitsPractice(issuerKind: IssuerKind): boolean {
  return (practisingIssuerKinds as readonly IssuerKind[]).includes(issuerKind);
}

/**
 * Whether a pattern of the reference data covers a place.
 * @param pattern `US-CA`, `US-*` (every region of a country) or `*` (anywhere)
 * @param place an ISO 3166-2 code such as `US-CA`, or a country such as `GB`
 */
export function jurisdictionMatches(pattern: string, place: string): boolean {
  if (pattern === "*" || pattern === place) return true;
  if (!pattern.endsWith("-*")) return false;
  return place.slice(0, 2) === pattern.slice(0, 2);
}

/** NPI: ten digits, and Luhn over `80840` and the digits (CMS). Says nothing about a licence. */
export function isValidNpi(npi: string): boolean {
  if (!/^[12]\d{9}$/.test(npi)) return false;
  const digits = [...`80840${npi}`].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => total + luhnPart(digit, place), 0);
  return sum % 10 === 0;
}

function luhnPart(digit: number, place: number): number {
  if (place % 2 === 0) return digit;
  return digit < 5 ? digit * 2 : digit * 2 - 9;
}

/** How a number compares with what the register prints. A difference is a question, not a no. */
export function numberFormat(
  type: { idFormat?: { regex: string } | undefined },
  number: string,
): "matches" | "differs" | "not-known" {
  if (!type.idFormat) return "not-known";
  return new RegExp(type.idFormat.regex).test(number.trim()) ? "matches" : "differs";
}

/** Ids that were published and are gone; bookmarks and profiles still point at them. */
export function vanishedIds(
  published: Record<string, readonly string[]>,
  current: Record<string, readonly string[]>,
): string[] {
  return Object.entries(published).flatMap(([file, ids]) => {
    const now = new Set(current[file] ?? []);
    return ids.filter((id) => !now.has(id)).map((id) => `${file}: ${id}`);
  });
}
