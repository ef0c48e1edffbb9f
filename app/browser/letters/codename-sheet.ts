import { plain } from "./codename-field.ts";
import { fillIn, part, wordsFor } from "./parts.ts";

/** Writes twelve words where they can be read, copied, and checked against what was written down. */
export function fillSheet(sheet: HTMLElement, words: readonly string[]): void {
  part(sheet, "codename").replaceChildren(
    ...words.map((word) => {
      const line = document.createElement("li");
      line.textContent = word;
      return line;
    }),
  );
  startCopy(sheet, words);
  startCheck(sheet, words);
}

function startCopy(sheet: HTMLElement, words: readonly string[]): void {
  const button = part<HTMLButtonElement>(sheet, "copy");
  const said = part(sheet, "copied");
  // Some browsers have no clipboard for pages; the words can be marked by hand there.
  button.hidden = navigator.clipboard === undefined;
  button.addEventListener("click", async () => {
    const copied = await navigator.clipboard.writeText(words.join(" ")).then(
      () => "copied",
      () => "not-copied",
    );
    said.textContent = wordsFor(sheet, copied);
  });
}

function startCheck(sheet: HTMLElement, words: readonly string[]): void {
  const place = 3 + ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % (words.length - 3));
  const field = part<HTMLInputElement>(sheet, "check");
  const said = part(sheet, "checked");
  const label = part(sheet, "check-label");
  label.textContent = fillIn(label.textContent ?? "", { number: place + 1 });
  field.addEventListener("input", () => {
    const right = plain(field.value.trim()) === plain(words[place] ?? "");
    if (right) said.textContent = wordsFor(sheet, "check-right");
    else said.textContent = "";
  });
  field.addEventListener("change", () => {
    const typed = plain(field.value.trim());
    if (typed === "" || typed === plain(words[place] ?? "")) return;
    said.textContent = wordsFor(sheet, "check-wrong");
  });
}
