let marked = "";
let place: Element | null = null;

/** Remembers what was marked last in a letter: a click elsewhere takes the mark away. */
export function startMarked(): void {
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const at = selection?.anchorNode;
    const within = (at instanceof Element ? at : at?.parentElement)?.closest("[data-bodies]");
    const text = selection?.toString().trim() ?? "";
    if (!within || text === "") return;
    marked = text;
    place = within;
  });
}

/** What was marked last among these words; nothing where that was somewhere else. */
export function markedWithin(bodies: Element): string {
  return place === bodies ? marked : "";
}

export function forgetMarked(): void {
  marked = "";
  place = null;
}
