const OFF = "queue-keys";

/**
 * Single keys for whoever works through the queue. They can be turned off, and are off in fields:
 * speech input and a hand that slips would press them otherwise.
 */
export function startQueueKeys(): void {
  const queue = document.querySelector<HTMLElement>("[data-queue]");
  const help = document.querySelector<HTMLDetailsElement>("[data-keys]");
  const on = help?.querySelector<HTMLInputElement>("[data-keys-on]");
  if (!queue || !help || !on) return;
  help.hidden = false;
  on.checked = localStorage.getItem(OFF) !== "off";
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  });
  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) {
      return;
    }
    const act = actions[event.key];
    if (!act) return;
    event.preventDefault();
    act(queue, help);
  });
}

type Act = (queue: HTMLElement, help: HTMLDetailsElement) => void;

const actions: Readonly<Record<string, Act | undefined>> = {
  j: (queue) => move(queue, 1),
  k: (queue) => move(queue, -1),
  o: (queue) => rowAt(queue)?.querySelector("a")?.click(),
  c: (queue) => rowAt(queue)?.querySelector("button")?.click(),
  "/": (queue) => openAndFocus(queue.querySelector("details[data-filters]"), "select"),
  "?": (_, help) => openAndFocus(help, "summary"),
};

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, select, textarea, [contenteditable]") !== null
  );
}

function rowsOf(queue: HTMLElement): HTMLElement[] {
  return [...queue.querySelectorAll<HTMLElement>("[data-case]")];
}

function rowAt(queue: HTMLElement): HTMLElement | undefined {
  return rowsOf(queue).find((row) => row.contains(document.activeElement));
}

function move(queue: HTMLElement, by: 1 | -1): void {
  const rows = rowsOf(queue);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[to]?.querySelector("a")?.focus();
}

function openAndFocus(details: HTMLDetailsElement | null, what: string): void {
  if (!details) return;
  details.open = true;
  details.querySelector<HTMLElement>(what)?.focus();
}
