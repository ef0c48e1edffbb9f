import { PASSPHRASE_MIN } from "#lib/letters/keys.ts";
import { part, wordsFor } from "../letters/parts.ts";
import type { Lines } from "./lines.ts";
import { startShow } from "./show-passphrase.ts";

/** From here on, a passphrase is called very strong. */
const strongLength = 24;

/**
 * Two fields for a new passphrase, which say how long it is as it is typed.
 * @returns what reads it: null, once it has said what is wrong
 */
export function startPassphrase(form: HTMLElement): (lines: Lines) => string | null {
  const field = part<HTMLInputElement>(form, "passphrase");
  const again = part<HTMLInputElement>(form, "again");
  const strength = part(form, "strength");
  startShow(form, [field, again]);
  field.addEventListener("input", () => {
    const count = PASSPHRASE_MIN - lengthOf(field.value);
    const enough = count > -(strongLength - PASSPHRASE_MIN) ? "enough" : "strong";
    const name = count > 0 ? "short" : enough;
    strength.textContent = field.value && wordsFor(form, `passphrase-${name}`, { count });
  });
  return (lines) => {
    const isShort = lengthOf(field.value) < PASSPHRASE_MIN;
    const isDifferent = field.value !== again.value;
    field.ariaInvalid = isShort ? "true" : null;
    again.ariaInvalid = !isShort && isDifferent ? "true" : null;
    if (!isShort && !isDifferent) return field.value;
    lines.stop(isShort ? "too-short" : "different");
    (isShort ? field : again).focus();
    return null;
  };
}

function lengthOf(passphrase: string): number {
  return [...passphrase.normalize("NFKC").trim()].length;
}
