import type { Key } from "#lib/letters/keys.ts";
import { part, showPart } from "../letters/parts.ts";
import type { Lines } from "./lines.ts";

/** Shows a recovery key, to be printed. @param fingerprint of the key that it opens */
export function showRecovery(root: HTMLElement, recovery: Key, fingerprint: string): void {
  const sheet = part(root, "sheet");
  part(sheet, "recovery-key").textContent = recovery.identity.replace(/(.{6})(?=.)/g, "$1 ");
  part(sheet, "fingerprint").textContent = fingerprint;
  part(sheet, "print").addEventListener("click", () => print());
  showPart(sheet);
}

/** Whether someone says that they have the sheet, and can read its end. */
export function isKept(form: HTMLElement, recovery: Key, lines: Lines): boolean {
  const kept = part<HTMLInputElement>(form, "kept");
  const end = part<HTMLInputElement>(form, "recovery-end");
  const typed = end.value.replace(/\s/g, "").toUpperCase();
  const isRight = typed.length >= 6 && recovery.identity.endsWith(typed);
  end.ariaInvalid = kept.checked && !isRight ? "true" : null;
  if (kept.checked && isRight) return true;
  lines.stop(kept.checked ? "wrong-end" : "not-kept");
  (kept.checked ? end : kept).focus();
  return false;
}
