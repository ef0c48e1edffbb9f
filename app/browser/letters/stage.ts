import { wordsFor } from "./parts.ts";

/** Where a form says how far it is, and what went wrong; one of each in a page's main part. */
export type Stage = {
  /** What is being done now. */
  step: (name: string) => void;
  /** How much of the work is done; without a known end the bar only moves. */
  progress: (done: number, most: number | undefined) => void;
  /** What went wrong, and what to do: nothing goes on. */
  stop: (problem: string, values?: Record<string, string | number>) => void;
  /** Something is done, with words for it or none. */
  done: (name?: string) => void;
};

/** Puts the form's buttons to rest while something is under way. */
export function openStage(root: HTMLElement): Stage {
  const status = root.querySelector<HTMLElement>("[data-status]");
  const alarm = root.querySelector<HTMLElement>("[data-alarm]");
  const bar = root.querySelector("progress");
  const rest = (busy: boolean) => {
    root.toggleAttribute("data-busy", busy);
    for (const button of root.querySelectorAll<HTMLElement>("button[data-ready]")) {
      // Not `disabled`, which would drop the keyboard's place.
      button.ariaDisabled = busy ? "true" : null;
    }
    if (bar) bar.hidden = true;
  };
  const write = (said: string, wrong: string) => {
    if (status) status.textContent = said;
    if (alarm) alarm.textContent = wrong;
  };
  return {
    step: (name) => {
      rest(true);
      write(wordsFor(root, name), "");
    },
    progress: (done, most) => {
      if (!bar) return;
      bar.hidden = false;
      if (most === undefined) return bar.removeAttribute("value");
      bar.max = most;
      bar.value = Math.min(done, most);
    },
    stop: (problem, values) => {
      rest(false);
      write("", wordsFor(root, problem, values) || wordsFor(root, "failed"));
    },
    done: (name) => {
      rest(false);
      write(name === undefined ? "" : wordsFor(root, name), "");
    },
  };
}

export function isBusy(root: HTMLElement): boolean {
  return root.hasAttribute("data-busy");
}
