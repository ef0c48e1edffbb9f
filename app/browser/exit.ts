const presses = 3;
const withinMs = 1500;

let leaving = false;

/** True once someone wants to be gone: nothing may ask them whether they are sure. */
export function isLeaving(): boolean {
  return leaving;
}

/**
 * Three presses of Shift, with nothing between them, go where the way out goes. The page is blank at
 * once, however slow the network; what the browser's history has stays there.
 */
export function startExit(): void {
  const exit = document.querySelector<HTMLAnchorElement>("a.exit");
  if (!exit) return;
  let pressed: number[] = [];
  exit.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => {
    if (!ctrlKey && !metaKey && !shiftKey) leave();
  });
  document.addEventListener("pointerdown", () => {
    pressed = [];
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.repeat) return;
      const since = event.timeStamp - withinMs;
      pressed = isShiftAlone(event)
        ? [...pressed.filter((at) => at >= since), event.timeStamp]
        : [];
      if (pressed.length < presses) return;
      leave();
      location.replace(exit.href);
    },
    { capture: true },
  );
  // Back from there, out of the browser's memory.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) leave(false);
  });
}

function isShiftAlone({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return key === "Shift" && !ctrlKey && !altKey && !metaKey;
}

function leave(yes = true): void {
  leaving = yes;
  document.body.hidden = yes;
}
