import { part } from "../letters/parts.ts";

/** A button that shows what is typed, and hides it again. */
export function startShow(form: HTMLElement, fields: readonly HTMLInputElement[]): () => void {
  const button = part(form, "show");
  const show = (shown: boolean) => {
    button.ariaPressed = String(shown);
    for (const field of fields) field.type = shown ? "text" : "password";
  };
  button.addEventListener("click", () => show(button.ariaPressed !== "true"));
  return () => show(false);
}
