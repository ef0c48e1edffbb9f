import { makeCodename, readCodename } from "#lib/letters/codename.ts";
import { fingerprint } from "#lib/letters/keys.ts";
import { remainingBytes, sealEnquiry } from "#lib/letters/letter.ts";
import { openMailbox } from "#lib/letters/mailbox.ts";
import { isLeaving } from "../exit.ts";
import { ask, askOffer, prove } from "./ask.ts";
import { readTyped } from "./codename-field.ts";
import { fillSheet } from "./codename-sheet.ts";
import { awaken, canSeal, part, showPart, wordsFor } from "./parts.ts";
import { isBusy, openStage, type Stage } from "./stage.ts";

/** Seals what is written here and sends it. The words themselves leave this page for nowhere. */
export function startWrite(): void {
  const root = document.querySelector<HTMLElement>("[data-write]");
  if (!root || !canSeal()) return;
  const writing: Writing = {
    root,
    field: part<HTMLTextAreaElement>(root, "message"),
    stage: openStage(root),
    recipient: root.dataset.recipient ?? "",
    // Made once: whoever has to send twice has one set of words for both.
    words: makeCodename(document.documentElement.lang === "es" ? "es" : "en").words,
    unsent: true,
  };
  part<HTMLFormElement>(root, "seal").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy(root)) send(writing).catch(() => writing.stage.stop("failed"));
  });
  writing.field.addEventListener("input", () => count(writing));
  addEventListener("beforeunload", (event) => {
    const isWritten = writing.unsent && writing.field.value.trim() !== "";
    if (isWritten && !isLeaving()) event.preventDefault();
  });
  count(writing);
  awaken(root);
}

type Writing = {
  root: HTMLElement;
  field: HTMLTextAreaElement;
  stage: Stage;
  /** The key whose fingerprint the page shows. */
  recipient: string;
  words: string[];
  unsent: boolean;
};

async function send(writing: Writing): Promise<void> {
  const { root, field, stage } = writing;
  const body = field.value.trim();
  if (!checkBody(writing, body)) return;
  const codename = codenameOf(writing);
  if (!codename) return;
  stage.step("asking");
  const therapist = root.dataset.write ?? "";
  const offered = await askOffer({ purpose: "write", therapist });
  if (!offered.ok) return stage.stop(offered.problem);
  const { key } = offered.given;
  if (!key) return stage.stop("no-key");
  if (key.recipient !== writing.recipient) return showNewKey(writing, key.recipient);
  const proved = await prove(offered.given, { stage, worker: root.dataset.worker ?? "" });
  if (!proved.ok) return stage.stop(proved.problem);
  stage.step("sealing");
  const mailbox = await openMailbox(codename.entropy);
  const sealed = await sealEnquiry({ ...key, mailbox, body });
  if (!sealed.ok) return stage.stop(sealed.reason);
  stage.step("sending");
  const { tokenHash } = mailbox;
  const { ciphertext } = sealed;
  const sent = await ask("", { therapist, tokenHash, ciphertext, proof: proved.given });
  if (!sent.ok) return stage.stop(sent.problem === "offline" ? "lost" : sent.problem);
  showSent(writing, codename.isNew);
}

function checkBody({ root, field }: Writing, body: string): boolean {
  const problem = body === "" ? "empty" : remainingBytes(body) < 0 ? "too-long" : null;
  const line = part(root, "message-problem");
  line.hidden = problem === null;
  line.textContent = problem ? wordsFor(root, problem) : "";
  field.ariaInvalid = problem ? "true" : null;
  if (problem) field.focus();
  return problem === null;
}

/** The one made for this page, or the one that someone has already and typed. */
function codenameOf({ root, words }: Writing): { entropy: Uint8Array; isNew: boolean } | null {
  const known = part<HTMLDetailsElement>(root, "known");
  if (known.open && part<HTMLTextAreaElement>(known, "words-typed").value.trim() !== "") {
    const entropy = readTyped(known);
    return entropy && { entropy, isNew: false };
  }
  const made = readCodename(words.join(" "));
  return made.ok ? { entropy: made.entropy, isNew: true } : null;
}

/** Nothing is sealed to a key that the reader has not had a chance to compare. */
async function showNewKey(writing: Writing, recipient: string): Promise<void> {
  writing.recipient = recipient;
  const print = await fingerprint(recipient);
  for (const shown of writing.root.querySelectorAll("[data-fingerprint]")) {
    shown.textContent = print;
  }
  for (const shown of writing.root.querySelectorAll("[data-recipient-text]")) {
    shown.textContent = recipient;
  }
  writing.stage.stop("key-changed", { fingerprint: print });
}

function showSent(writing: Writing, isNew: boolean): void {
  const { root, field, words, stage } = writing;
  writing.unsent = false;
  field.value = "";
  stage.done();
  part(root, "unsent").hidden = true;
  const sent = part(root, isNew ? "sent" : "sent-again");
  if (isNew) fillSheet(sent, words);
  showPart(sent);
}

/** Says how much room is left, in characters such as these; aloud only near the end. */
function count({ root, field }: Writing): void {
  const line = part(root, "room");
  const left = remainingBytes(field.value.trim());
  const characters = Math.max(1, [...field.value].length);
  const size = Math.max(1, (16_000 - left) / characters);
  const room = Math.floor(Math.abs(left) / size);
  line.ariaLive = left < 1000 ? "polite" : "off";
  line.classList.toggle("over", left < 0);
  const name = left < 0 ? "room-over" : left < 4000 ? "room-left" : "room";
  line.textContent = wordsFor(root, name, {
    number: room.toLocaleString(document.documentElement.lang),
  });
}
