import { isLeaving } from "./exit.ts";

/** Asks before a page with unsaved words is left. */
export function startGuard(): void {
  let unsaved = document.querySelector("form[data-guard] .wrong, [data-unsaved]") !== null;
  document.addEventListener("input", ({ target }) => {
    if (target instanceof Element && target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", ({ target }) => {
    if (target instanceof HTMLFormElement && target.dataset.guard !== undefined) unsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !isLeaving()) event.preventDefault();
  });
}
