import {
  canWrapByPasskey,
  fingerprint,
  makeKey,
  wrapByPasskey,
  wrapByPassphrase,
  wrapByRecovery,
} from "#lib/letters/keys.ts";
import { awaken, canSeal, part } from "../letters/parts.ts";
import { onSubmit, painted } from "./lines.ts";
import { hideWithout } from "./new-key.ts";
import { startPassphrase } from "./new-passphrase.ts";
import { isKept, showRecovery } from "./recovery-sheet.ts";
import { type OpenKey, startUnlock } from "./unlock.ts";

/** New ways to open keys that are open here; the keys themselves stay as they are. */
export function startRewrap(): void {
  const root = document.querySelector<HTMLElement>("[data-rewrap]");
  if (!root || !canSeal()) return;
  hideWithout();
  let keys: OpenKey[] = [];
  const opened = () => keys;
  startUnlock(root, async (open, left) => {
    keys = open;
    part(root, "locked").hidden = left === 0;
    part(root, "partly").hidden = left === 0;
    part(root, "unlocked").hidden = false;
    part(root, "unlocked").querySelector("summary")?.focus();
    part(root, "passkey-part").hidden = !(await canWrapByPasskey());
  });
  startNewPassphrase(root, opened);
  startNewRecovery(root, opened);
  startNewPasskey(root, opened);
  awaken(root);
  root.hidden = false;
}

type Opened = () => readonly OpenKey[];

function startNewPassphrase(root: HTMLElement, opened: Opened): void {
  const form = formBy(root, "passphrase");
  const readPassphrase = startPassphrase(form);
  onSubmit(form, async (lines) => {
    const passphrase = readPassphrase(lines);
    if (passphrase === null) return;
    lines.busy("working");
    await painted();
    await send(root, "passphrase", opened(), ({ identity }) =>
      wrapByPassphrase(identity, passphrase),
    );
  });
}

function startNewRecovery(root: HTMLElement, opened: Opened): void {
  const make = part<HTMLFormElement>(root, "make-recovery");
  const form = formBy(root, "recovery");
  onSubmit(make, async () => {
    const recovery = await makeKey();
    const prints = await Promise.all(opened().map(({ recipient }) => fingerprint(recipient)));
    make.hidden = true;
    form.hidden = false;
    showRecovery(root, recovery, prints.join(", "));
    onSubmit(form, async (lines) => {
      if (!isKept(form, recovery, lines)) return;
      lines.busy("saving");
      await send(root, "recovery", opened(), ({ identity }) => wrapByRecovery(identity, recovery));
    });
  });
}

/** Each key has a passkey of its own; the newest that is open gets one. */
function startNewPasskey(root: HTMLElement, opened: Opened): void {
  const form = formBy(root, "passkey");
  onSubmit(form, async (lines) => {
    lines.busy("saving");
    try {
      const name = form.dataset.name ?? "";
      await send(root, "passkey", opened().slice(0, 1), ({ identity }) =>
        wrapByPasskey(identity, name),
      );
    } catch {
      lines.stop("passkey-refused");
    }
  });
}

/** Sends a form with what the keys are wrapped in now, and nothing else. */
async function send(
  root: HTMLElement,
  by: string,
  keys: readonly OpenKey[],
  wrap: (key: OpenKey) => Promise<string>,
): Promise<void> {
  const form = part<HTMLFormElement>(root, "send");
  const fields = [hidden("by", by)];
  for (const key of keys) fields.push(hidden("key", key.id), hidden("wrapped", await wrap(key)));
  for (const field of form.querySelectorAll("input:not([name=intent])")) field.remove();
  form.append(...fields);
  form.submit();
}

function hidden(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}

function formBy(root: HTMLElement, by: string): HTMLFormElement {
  const form = root.querySelector<HTMLFormElement>(`form[data-by=${by}]`);
  if (!form) throw new Error(`no form by ${by}`);
  return form;
}
