/** Whether this browser can seal here: it has the means only where the connection is secure. */
export function canSeal(): boolean {
  return isSecureContext && crypto.subtle !== undefined && typeof Worker === "function";
}

/** A part of the page that the server always writes. @throws where it did not */
export function part<E extends HTMLElement = HTMLElement>(root: ParentNode, name: string): E {
  const found = root.querySelector<E>(`[data-${name}]`);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** Shows what works with scripts, in place of what stands there without them. */
export function awaken(root: HTMLElement): void {
  for (const without of root.querySelectorAll<HTMLElement>("[data-without]")) without.hidden = true;
  for (const asleep of root.querySelectorAll<HTMLElement>("[data-asleep]")) asleep.hidden = false;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-ready]")) {
    button.disabled = false;
  }
}

type Values = Record<string, string | number>;

/** The page's own words for something, in its language, with `{name}` filled in. */
export function wordsFor(root: ParentNode, name: string, values: Values = {}): string {
  const template = root.querySelector<HTMLTemplateElement>(`template[data-say="${name}"]`);
  return fillIn(template?.content.textContent ?? "", values);
}

export function fillIn(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** Shows a part and brings keyboard and screen reader to its beginning. */
export function showPart(shown: HTMLElement): void {
  shown.hidden = false;
  const heading = shown.querySelector<HTMLElement>("h1, h2") ?? shown;
  heading.tabIndex = -1;
  heading.focus();
}
