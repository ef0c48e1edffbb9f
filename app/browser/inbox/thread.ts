import { remainingBytes, sealReply } from "#lib/letters/letter.ts";
import { fillIn, part, wordsFor } from "../letters/parts.ts";
import { type Lines, onSubmit } from "./lines.ts";
import { markedWithin } from "./marked.ts";
import type { OpenLetter, SealedLetter, Thread } from "./open-letters.ts";
import { close, send } from "./send.ts";

/** Where a conversation's page sends to, for whom, and what hears of letters that are gone. */
export type Place = {
  root: HTMLElement;
  address: string;
  therapist: string;
  forget: (ids: readonly string[]) => void;
};

/** One conversation, with what can be done about it; all its words are text, whatever they look like. */
export function drawThread(thread: Thread, number: number, place: Place): HTMLElement {
  const template = part<HTMLTemplateElement>(place.root, "thread");
  const drawn = document.importNode(template.content, true);
  const article = drawn.querySelector<HTMLElement>("article");
  if (!article) throw new Error("no thread");
  const { letters } = thread;
  const newest = letters.at(-1)?.letter;
  if (!newest) throw new Error("an empty thread");
  article.dataset.of = letters[0]?.letter.id;
  const heading = part(article, "heading");
  heading.textContent = fillIn(heading.textContent ?? "", { number });
  part(article, "bodies").append(...letters.flatMap(drawLetter));
  startAnswer(article, thread, newest, place);
  startShowing(article, newest.id, place);
  startEnd(
    article,
    letters.map(({ letter }) => letter.id),
    place,
  );
  return article;
}

function drawLetter({ letter, body }: OpenLetter): HTMLElement[] {
  const words = document.createElement("p");
  words.className = "letter-body";
  words.dir = "auto";
  words.textContent = body;
  const line = document.createElement("p");
  line.className = "note";
  line.dataset.line = letter.id;
  line.textContent = standing(letter);
  return [words, line];
}

function standing({ until, answered }: SealedLetter): string {
  return `${until} ${wordsFor(document, answered ? "answered" : "unanswered")}`;
}

/** What was typed into a conversation and not sent; for when it is drawn anew. */
export function draftsIn(article: HTMLElement): string[] {
  return [...article.querySelectorAll("textarea")].map(({ value }) => value);
}

export function putBack(article: HTMLElement, drafts: readonly string[]): void {
  for (const [at, field] of article.querySelectorAll("textarea").entries()) {
    field.value = drafts[at] ?? "";
    field.dispatchEvent(new Event("input"));
  }
}

function startAnswer(
  article: HTMLElement,
  { address: to, letters }: Thread,
  newest: SealedLetter,
  place: Place,
): void {
  const form = part<HTMLFormElement>(article, "answer");
  form.hidden = to === null;
  part(article, "no-answer").hidden = to !== null;
  if (!to) return;
  const field = part<HTMLTextAreaElement>(form, "body");
  field.addEventListener("input", () => count(form, field));
  count(form, field);
  onSubmit(form, async (lines) => {
    const body = field.value.trim();
    if (body === "" || remainingBytes(body) < 0) {
      lines.stop(body === "" ? "empty" : "too-long");
      return field.focus();
    }
    const last = part<HTMLInputElement>(form, "last").checked;
    lines.busy("sealing");
    const { therapist, address } = place;
    const sealed = await sealReply({ therapist, ...to, body, last });
    if (!sealed.ok) return lines.stop(sealed.reason === "too-long" ? "too-long" : "not-open");
    lines.busy("sending");
    const fields = [
      ["intent", "answer"],
      ["letter", newest.id],
      ["ciphertext", sealed.ciphertext],
    ] as const;
    const problem = await send(address, fields);
    if (problem) return lines.stop(problem);
    // What came today after the newest letter here was opened is not answered by this.
    const covers = ({ id, expiresOn, answered }: SealedLetter) =>
      !answered && (id === newest.id || expiresOn < (place.root.dataset.cameToday ?? ""));
    markAnswered(article, letters.map(({ letter }) => letter).filter(covers));
    showOwn(article, body);
    form.reset();
    count(form, field);
    lines.done("sent");
  });
}

function markAnswered(article: HTMLElement, letters: readonly SealedLetter[]): void {
  for (const letter of letters) {
    letter.answered = true;
    letter.until = wordsFor(document, "answered-until");
    const line = article.querySelector(`[data-line="${CSS.escape(letter.id)}"]`);
    if (line) line.textContent = standing(letter);
  }
}

function showOwn(article: HTMLElement, body: string): void {
  const { content } = part<HTMLTemplateElement>(article, "own-answer");
  const drawn = document.importNode(content, true);
  part(drawn, "own").textContent = body;
  part(article, "bodies").append(drawn);
}

/** Bytes, as many as there is room for; aloud only near the end. */
function count(form: HTMLElement, field: HTMLTextAreaElement): void {
  const line = part(form, "room");
  const left = remainingBytes(field.value.trim());
  line.ariaLive = left < 1000 ? "polite" : "off";
  line.classList.toggle("over", left < 0);
  line.textContent = wordsFor(document, left < 0 ? "room-over" : "room", {
    number: Math.abs(left).toLocaleString(document.documentElement.lang),
  });
}

/** Words that someone chose to show leave this page as they are; these alone do. */
function startShowing(article: HTMLElement, letterId: string, { address }: Place): void {
  const details = part<HTMLDetailsElement>(article, "show-words");
  const form = part<HTMLFormElement>(details, "show-form");
  const field = part<HTMLTextAreaElement>(form, "words");
  const bodies = part(article, "bodies");
  details.addEventListener("toggle", () => {
    if (details.open && field.value === "") field.value = markedWithin(bodies);
  });
  part(form, "take").addEventListener("click", () => {
    const more = markedWithin(bodies);
    if (more === "") part(form, "alarm").textContent = wordsFor(document, "nothing");
    else field.value = [field.value.trim(), more].filter(Boolean).join("\n\n");
    field.focus();
  });
  onSubmit(form, async (lines) => {
    const words = field.value.trim();
    if (words === "") return stopAt(field, lines, "no-words");
    if ([...words].length > Number(field.dataset.words)) return stopAt(field, lines, "many-words");
    lines.busy("sending");
    const fields = [
      ["intent", "show"],
      ["letter", letterId],
      ["words", words],
    ] as const;
    const problem = await send(address, fields);
    if (problem) return lines.stop(problem === "full" ? "shown-full" : problem);
    form.reset();
    lines.done("shown");
  });
}

function stopAt(field: HTMLElement, lines: Lines, name: string): void {
  lines.stop(name);
  field.focus();
}

function startEnd(article: HTMLElement, ids: readonly string[], place: Place): void {
  const { root, address, forget } = place;
  onSubmit(part<HTMLFormElement>(article, "end-form"), async (lines) => {
    lines.busy("sending");
    const problem = await close(address, ids);
    if (problem) return lines.stop(problem);
    forget(ids);
    article.remove();
    const open = part(root, "open");
    part(open, "none").hidden = open.querySelector("article") !== null;
    sayGone(root);
  });
}

/** What was focused is gone as well: people go on where the letters begin. */
export function sayGone(root: HTMLElement): void {
  part(root, "said").textContent = wordsFor(document, "deleted");
  part(root, "open").querySelector("h2")?.focus();
}
