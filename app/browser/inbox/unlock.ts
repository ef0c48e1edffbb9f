import {
  canWrapByPasskey,
  type Unwrapped,
  unwrapByPasskey,
  unwrapByPassphrase,
  unwrapByRecovery,
} from "#lib/letters/keys.ts";
import { part } from "../letters/parts.ts";
import { type Lines, onPress, onSubmit, painted } from "./lines.ts";
import { startShow } from "./show-passphrase.ts";

/** A key that was opened here; its secret half leaves the page only wrapped. */
export type OpenKey = { id: string; recipient: string; identity: string };

type Way = { by: "passphrase" | "recovery"; secret: string } | { by: "passkey" };

/** @param left how many keys the same secret did not open */
export type OnUnlock = (opened: OpenKey[], left: number) => Promise<void> | void;

/** Opens what keys it can, each time with what was typed; hands over all that are open by then. */
export function startUnlock(root: HTMLElement, then: OnUnlock): { forget: () => void } {
  const form = part<HTMLFormElement>(root, "unlock");
  const passphrase = part<HTMLInputElement>(form, "passphrase");
  const recovery = part<HTMLTextAreaElement>(form, "recovery");
  const keys = [...form.querySelectorAll<HTMLTemplateElement>("template[data-key]")];
  const hide = startShow(form, [passphrase]);
  let opened: OpenKey[] = [];
  const wipe = () => {
    hide();
    form.reset();
  };
  const unlock = async (way: Way, lines: Lines) => {
    lines.busy("unlocking");
    await painted();
    const closed = keys.filter(({ dataset }) => !opened.some(({ id }) => id === dataset.key));
    const outcomes = await openEach(closed, way);
    const more = outcomes.filter((outcome) => typeof outcome !== "string");
    if (more.length === 0) return lines.stop(wordFor(way, outcomes));
    opened = [...opened, ...more];
    wipe();
    lines.done();
    await then(opened, keys.length - opened.length);
  };
  onSubmit(form, (lines) => {
    const byRecovery = part<HTMLDetailsElement>(form, "recovery-way").open && recovery.value !== "";
    const secret = byRecovery ? recovery.value : passphrase.value;
    if (secret.trim() === "") return lines.stop("no-secret");
    return unlock({ by: byRecovery ? "recovery" : "passphrase", secret }, lines);
  });
  const button = part(form, "passkey");
  onPress(button, form, (lines) => unlock({ by: "passkey" }, lines));
  if (keys.some(({ dataset }) => dataset.byPasskey)) offerPasskey(button);
  return {
    forget: () => {
      opened = [];
      wipe();
    },
  };
}

type Outcome = OpenKey | string;

/** One after the other: each takes a second and a lot of memory, or asks its owner. */
async function openEach(keys: readonly HTMLTemplateElement[], way: Way): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { dataset } of keys) {
    const unwrapped = await unwrap(dataset, way);
    const { key: id = "", recipient = "" } = dataset;
    if (!unwrapped.ok) outcomes.push(unwrapped.reason);
    // What readers are told to seal to must be what this secret opens.
    else if (unwrapped.recipient !== recipient) outcomes.push("other-key");
    else outcomes.push({ id, recipient, identity: unwrapped.identity });
  }
  return outcomes;
}

function unwrap(wrapped: DOMStringMap, way: Way): Promise<Unwrapped> {
  const { byPassphrase = "", byRecovery = "", byPasskey = "" } = wrapped;
  if (way.by === "passphrase") return unwrapByPassphrase(byPassphrase, way.secret);
  if (way.by === "recovery") return unwrapByRecovery(byRecovery, way.secret);
  return unwrapByPasskey(byPasskey);
}

/** The name of the words for what went wrong; a swapped key before all else. */
function wordFor({ by }: Way, outcomes: readonly Outcome[]): string {
  if (outcomes.includes("other-key")) return "other-key";
  if (by === "passkey") return "no-passkey";
  return outcomes.includes("wrong-key") ? `wrong-${by}` : "damaged";
}

async function offerPasskey(button: HTMLElement): Promise<void> {
  button.hidden = !(await canWrapByPasskey());
}
