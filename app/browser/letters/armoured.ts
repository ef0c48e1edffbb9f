import { readArmoured } from "#lib/letters/armoured.ts";
import { part, wordsFor } from "./parts.ts";

/** The box for sealed text is a plain form; here it keeps what is not sealed from being sent. */
export function startArmoured(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-armoured]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    const field = part<HTMLTextAreaElement>(form, "armoured-text");
    const read = readArmoured(field.value);
    if (read.ok) return;
    event.preventDefault();
    const line = part(form, "armoured-problem");
    line.textContent = wordsFor(form, read.reason);
    line.hidden = false;
    field.ariaInvalid = "true";
    field.focus();
  });
}
