/** An address that a phone dials, or writes to: digits alone, and nothing written for anyone. */
export function dial(scheme: "tel" | "sms", number: string): string {
  return `${scheme}:${number.replaceAll(/\D/g, "")}`;
}
