import { part, wordsFor } from "../letters/parts.ts";

/** What a form says of itself; the words stand in the page, in its language. */
export type Lines = {
  /** What is being done: until something else is said, the form takes nothing more. */
  busy: (name: string) => void;
  /** What went wrong. */
  stop: (name: string, values?: Record<string, string | number>) => void;
  /** What is done; without a name, nothing is said. */
  done: (name?: string) => void;
};

export function linesOf(form: HTMLElement): Lines {
  const say = (isBusy: boolean, said: string, wrong: string) => {
    form.toggleAttribute("data-busy", isBusy);
    part(form, "status").textContent = said;
    part(form, "alarm").textContent = wrong;
  };
  return {
    busy: (name) => say(true, wordsFor(document, name), ""),
    stop: (name, values) =>
      say(false, "", wordsFor(document, name, values) || wordsFor(document, "failed")),
    done: (name) => say(false, name === undefined ? "" : wordsFor(document, name), ""),
  };
}

/** Runs what a form is for in place of sending it; twice at a time is once. */
export function onSubmit(form: HTMLFormElement, act: (lines: Lines) => Promise<void> | void): void {
  const lines = form.querySelector("[data-status]") ? linesOf(form) : null;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.hasAttribute("data-busy")) run(act, lines ?? silent);
  });
}

/** The same for a button that belongs to a form. */
export function onPress(
  button: HTMLElement,
  form: HTMLElement,
  act: (lines: Lines) => Promise<void>,
) {
  button.addEventListener("click", () => {
    if (!form.hasAttribute("data-busy")) run(act, linesOf(form));
  });
}

const silent: Lines = { busy: () => {}, stop: () => {}, done: () => {} };

function run(act: (lines: Lines) => Promise<void> | void, lines: Lines): void {
  Promise.resolve()
    .then(() => act(lines))
    .catch(() => lines.stop("failed"));
}

/** A browser paints what was said before it is busy with numbers. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
