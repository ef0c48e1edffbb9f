import { part } from "../letters/parts.ts";

/** Copies the line that therapists put on their own site. */
export function startSnippet(): void {
  const snippet = document.querySelector<HTMLElement>("[data-snippet]");
  // Some browsers have no clipboard for pages; the words can be marked by hand there.
  if (!snippet || navigator.clipboard === undefined) return;
  const button = part(document, "copy");
  part(document, "copy-part").hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(snippet.textContent ?? "");
    part(document, "copied").textContent = button.dataset.copy ?? "";
  });
}
