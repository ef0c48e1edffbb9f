import { MODERATORS, type OpenReply, openReply } from "#lib/letters/letter.ts";
import { type Mailbox, openMailbox } from "#lib/letters/mailbox.ts";
import { ask, askOffer, prove } from "./ask.ts";
import { readTyped } from "./codename-field.ts";
import { awaken, canSeal, part, showPart, wordsFor } from "./parts.ts";
import { isBusy, openStage, type Stage } from "./stage.ts";

/** Opens what waits for twelve words, or destroys it. The words themselves are never sent. */
export function startReplies(): void {
  const root = document.querySelector<HTMLElement>("[data-replies]");
  if (!root || !canSeal()) return;
  const reading = { root, stage: openStage(root) };
  const sure = part(root, "sure");
  const on = (name: string, act: () => Promise<void> | void) =>
    part(root, name).addEventListener("click", () => {
      if (!isBusy(root)) Promise.resolve(act()).catch(() => reading.stage.stop("failed"));
    });
  part<HTMLFormElement>(root, "look").addEventListener("submit", (event) => {
    event.preventDefault();
    sure.hidden = true;
    if (!isBusy(root)) look(reading).catch(() => reading.stage.stop("failed"));
  });
  on("burn", () => {
    if (readTyped(root)) showPart(sure);
  });
  on("burn-not", () => {
    sure.hidden = true;
    part(root, "burn").focus();
  });
  on("burn-now", () => burn(reading));
  awaken(root);
}

type Reading = { root: HTMLElement; stage: Stage };

async function look({ root, stage }: Reading): Promise<void> {
  const answers = part(root, "answers");
  answers.hidden = true;
  const asked = await askWith<{ slots: string[] }>({ root, stage }, "fetch");
  if (!asked) return;
  stage.step("opening");
  const opened = await Promise.all(asked.given.slots.map((slot) => openReply(slot, asked.mailbox)));
  const replies = opened.filter((reply) => reply.ok);
  const broken = opened.filter((reply) => !reply.ok && reply.reason !== "wrong-key").length;
  if (replies.length + broken === 0) return stage.done("nothing");
  stage.done();
  part(answers, "list").replaceChildren(...replies.map((reply) => draw(root, reply)));
  part(answers, "order").hidden = replies.length < 2;
  part(answers, "broken").hidden = broken === 0;
  showPart(answers);
}

async function burn({ root, stage }: Reading): Promise<void> {
  if (!(await askWith({ root, stage }, "burn"))) return;
  part(root, "sure").hidden = true;
  part(root, "answers").hidden = true;
  part(root, "list").replaceChildren();
  part<HTMLTextAreaElement>(root, "words-typed").value = "";
  stage.done();
  showPart(part(root, "burnt"));
}

/** Words -> mailbox -> work -> answer; null once it has said what went wrong. */
async function askWith<T>(
  { root, stage }: Reading,
  purpose: "fetch" | "burn",
): Promise<{ given: T; mailbox: Mailbox } | null> {
  part(root, "burnt").hidden = true;
  const entropy = readTyped(root);
  if (!entropy) {
    stage.done();
    return null;
  }
  stage.step("asking");
  const mailbox = await openMailbox(entropy);
  const offered = await askOffer({ purpose });
  const proved = offered.ok
    ? await prove(offered.given, { stage, worker: root.dataset.worker ?? "" })
    : offered;
  const body = { token: mailbox.token, proof: proved.ok && proved.given };
  const answer = proved.ok ? await ask<T>(`/${purpose}`, body) : proved;
  if (answer.ok) return { given: answer.given, mailbox };
  stage.stop(answer.problem);
  return null;
}

/** One answer; all its words are text, whatever they look like. */
function draw(root: HTMLElement, { therapist, body, last }: OpenReply): Node {
  const drawn = document.importNode(part<HTMLTemplateElement>(root, "answer").content, true);
  const byModerators = therapist === MODERATORS;
  if (byModerators) part(drawn, "from").textContent = wordsFor(root, "from-moderators");
  part(drawn, "last").hidden = !last;
  part(drawn, "body").textContent = body;
  const again = part<HTMLAnchorElement>(drawn, "again");
  again.hidden = byModerators;
  // By id: the server finds the address, and learns what opening any profile tells it.
  again.href = (root.dataset.again ?? "").replace("-id-", encodeURIComponent(therapist));
  return drawn;
}
