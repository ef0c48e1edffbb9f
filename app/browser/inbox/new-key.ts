import {
  canWrapByPasskey,
  fingerprint,
  type Key,
  makeKey,
  wrapByPasskey,
  wrapByPassphrase,
  wrapByRecovery,
} from "#lib/letters/keys.ts";
import { awaken, canSeal, part } from "../letters/parts.ts";
import { type Lines, onPress, onSubmit, painted } from "./lines.ts";
import { startPassphrase } from "./new-passphrase.ts";
import { isKept, showRecovery } from "./recovery-sheet.ts";

/** Makes a key here; what leaves this page is its public half, and its secret half as wrapped. */
export function startNewKey(): void {
  const root = document.querySelector<HTMLElement>("[data-new-key]");
  if (!root || !canSeal()) return;
  hideWithout();
  const form = part<HTMLFormElement>(root, "make");
  const readPassphrase = startPassphrase(form);
  onSubmit(form, async (lines) => {
    const passphrase = readPassphrase(lines);
    if (passphrase === null) return;
    lines.busy("working");
    await painted();
    const key = await makeKey();
    const recovery = await makeKey();
    field(root, "recipient").value = key.recipient;
    field(root, "wrappedByPassphrase").value = await wrapByPassphrase(key.identity, passphrase);
    field(root, "wrappedByRecovery").value = await wrapByRecovery(key.identity, recovery);
    form.reset();
    form.hidden = true;
    lines.done();
    await startKeeping(root, key, recovery);
  });
  awaken(root);
  root.hidden = false;
}

async function startKeeping(root: HTMLElement, key: Key, recovery: Key): Promise<void> {
  const form = part<HTMLFormElement>(root, "keep");
  onSubmit(form, (lines) => {
    if (!isKept(form, recovery, lines)) return;
    lines.busy("saving");
    // Without another round through here.
    form.submit();
  });
  const button = part(form, "passkey");
  onPress(button, form, (lines) => addPasskey(root, key, button, lines));
  form.hidden = false;
  showRecovery(root, recovery, await fingerprint(key.recipient));
  part(form, "passkey-part").hidden = !(await canWrapByPasskey());
}

async function addPasskey(
  root: HTMLElement,
  key: Key,
  button: HTMLElement,
  lines: Lines,
): Promise<void> {
  try {
    field(root, "wrappedByPasskey").value = await wrapByPasskey(
      key.identity,
      button.dataset.passkey ?? "",
    );
    button.hidden = true;
    lines.done("passkey-ready");
  } catch {
    lines.stop("passkey-refused");
  }
}

/** What stands in the page for browsers that run no scripts. */
export function hideWithout(): void {
  for (const without of document.querySelectorAll<HTMLElement>("main [data-without]")) {
    without.hidden = true;
  }
}

function field(root: HTMLElement, name: string): HTMLInputElement {
  const found = root.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
