import { makeCodename } from "#lib/letters/codename.ts";
import { openMailbox } from "#lib/letters/mailbox.ts";
import { askOffer, prove } from "./ask.ts";
import { fillSheet } from "./codename-sheet.ts";
import { awaken, canSeal, part } from "./parts.ts";
import { isBusy, openStage, type Stage } from "./stage.ts";

/** Gives a report a way back: the form carries where an answer is left, and never the words. */
export function startWayBack(): void {
  const root = document.querySelector<HTMLElement>("[data-way-back]");
  if (!root || !canSeal()) return;
  const form = part<HTMLFormElement>(root, "report");
  const stage = openStage(root);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy(root)) send(root, form, stage).catch(() => stage.stop("failed"));
  });
  offer(root, form).then(
    () => awaken(root),
    () => stage.stop("failed"),
  );
}

/** New words, unless the form came back with a way whose words are kept already. */
async function offer(root: HTMLElement, form: HTMLFormElement): Promise<void> {
  if (hidden(form, "replyTokenHash").value !== "") return;
  const { words, entropy } = makeCodename(document.documentElement.lang === "es" ? "es" : "en");
  const { tokenHash, reportRecipient } = await openMailbox(entropy);
  hidden(form, "replyTokenHash").value = tokenHash;
  hidden(form, "replyRecipient").value = reportRecipient;
  fillSheet(part(root, "sheet"), words);
}

async function send(root: HTMLElement, form: HTMLFormElement, stage: Stage): Promise<void> {
  const kept = part<HTMLInputElement>(form, "kept");
  if (!kept.checked) {
    stage.stop("not-kept");
    return kept.focus();
  }
  stage.step("asking");
  const offered = await askOffer({ purpose: "report", therapist: root.dataset.wayBack ?? "" });
  if (!offered.ok) return stage.stop(offered.problem);
  const proved = await prove(offered.given, { stage, worker: root.dataset.worker ?? "" });
  if (!proved.ok) return stage.stop(proved.problem);
  stage.step("sending");
  hidden(form, "replyProof").value = JSON.stringify(proved.given);
  // Without another round through here.
  form.submit();
}

function hidden(form: HTMLFormElement, name: string): HTMLInputElement {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) throw new Error(`no ${name}`);
  return field;
}
