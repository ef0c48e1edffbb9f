/** Brings people to what went wrong, or to what was just done. */
export function startFocus(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
