import { isLeaving } from "../exit.ts";
import { awaken, canSeal, part, showPart, wordsFor } from "../letters/parts.ts";
import { startIdle } from "./idle.ts";
import { onSubmit } from "./lines.ts";
import { forgetMarked, startMarked } from "./marked.ts";
import { openLetters, type SealedLetter } from "./open-letters.ts";
import { close, type Problem } from "./send.ts";
import { draftsIn, drawThread, type Place, putBack, sayGone } from "./thread.ts";
import { type OpenKey, startUnlock } from "./unlock.ts";

/** Opens letters in the page, and shuts it again. Words stay in the page, and keys in its memory. */
export function startInbox(): void {
  const root = document.querySelector<HTMLElement>("[data-inbox]");
  if (!root?.querySelector("[data-unlock]") || !canSeal()) return;
  const inbox: Inbox = {
    place: {
      root,
      address: root.dataset.address ?? "",
      therapist: root.dataset.inbox ?? "",
      forget: (ids) => {
        inbox.letters = inbox.letters.filter(({ id }) => !ids.includes(id));
      },
    },
    letters: lettersIn(root),
    keys: [],
    left: 0,
    junk: [],
  };
  let idle: { stop: () => void } | null = null;
  const lock = (said: string) => {
    idle?.stop();
    idle = null;
    inbox.keys = [];
    inbox.junk = [];
    unlocking.forget();
    forgetMarked();
    part(root, "threads").replaceChildren();
    part(root, "open").hidden = true;
    part(root, "locked").hidden = false;
    part(root, "sealed-letters").hidden = false;
    part(root, "said").textContent = wordsFor(document, said);
  };
  const unlocking = startUnlock(root, async (keys, left) => {
    inbox.keys = keys;
    inbox.left = left;
    part(root, "locked").hidden = left === 0;
    part(root, "sealed-letters").hidden = true;
    part(root, "said").textContent = "";
    idle ??= startIdle(() => lock("locked-itself"));
    await draw(inbox);
    showPart(part(root, "open"));
  });
  part(root, "lock").addEventListener("click", () => {
    lock("locked");
    part(root, "unlock").querySelector("input")?.focus();
  });
  onSubmit(part<HTMLFormElement>(root, "more"), async (lines) => {
    lines.busy("opening");
    await loadMore(inbox);
    lines.done();
  });
  onSubmit(part<HTMLFormElement>(root, "clear"), async (lines) => {
    lines.busy("sending");
    const problem = await clear(inbox);
    if (problem) return lines.stop(problem);
    lines.done();
    sayGone(root);
  });
  addEventListener("beforeunload", (event) => {
    if (hasDraft(root) && !isLeaving()) event.preventDefault();
  });
  startMarked();
  awaken(root);
}

type Inbox = {
  place: Place;
  letters: SealedLetter[];
  keys: OpenKey[];
  /** Keys that are still locked. */
  left: number;
  junk: SealedLetter[];
};

/** Draws what is open by now. What was typed meanwhile stays. */
async function draw(inbox: Inbox): Promise<void> {
  const { place, letters, keys, left } = inbox;
  const { root, therapist } = place;
  const identities = keys.map(({ identity }) => identity);
  const { threads, junk, otherKey } = await openLetters(letters, { identities, therapist });
  inbox.junk = left === 0 ? [...junk, ...otherKey] : junk;
  const waiting = left === 0 ? 0 : otherKey.length;
  const before = [...part(root, "threads").querySelectorAll<HTMLElement>("article")];
  const drafts = new Map(before.map((article) => [article.dataset.of, draftsIn(article)]));
  const drawn = threads.map((thread, at) => drawThread(thread, at + 1, place));
  for (const article of drawn) putBack(article, drafts.get(article.dataset.of) ?? []);
  part(root, "threads").replaceChildren(...drawn);
  part(root, "none").hidden = threads.length > 0;
  const other = part(root, "other-keys");
  other.hidden = waiting === 0;
  other.textContent = wordsFor(document, "other-keys", { count: waiting });
  showJunk(inbox);
}

function showJunk({ place: { root }, junk }: Inbox): void {
  part(root, "unreadable").hidden = junk.length === 0;
  const count = wordsFor(document, "unreadable", { count: junk.length });
  part(root, "unreadable-count").textContent = count;
}

async function clear(inbox: Inbox): Promise<Problem | null> {
  const ids = inbox.junk.map(({ id }) => id);
  const problem = await close(inbox.place.address, ids);
  if (problem) return problem;
  inbox.junk = [];
  inbox.place.forget(ids);
  showJunk(inbox);
  return null;
}

/** The next page's letters, in among these: a conversation may go on there. */
async function loadMore(inbox: Inbox): Promise<void> {
  const form = part<HTMLFormElement>(inbox.place.root, "more");
  const answer = await fetch(form.dataset.next ?? "", { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const more = part<HTMLFormElement>(page, "more");
  const known = new Set(inbox.letters.map(({ id }) => id));
  inbox.letters.push(...lettersIn(page).filter(({ id }) => !known.has(id)));
  form.dataset.next = more.dataset.next ?? "";
  form.hidden = more.hidden;
  await draw(inbox);
}

function lettersIn(page: ParentNode): SealedLetter[] {
  return [...page.querySelectorAll<HTMLElement>("[data-letter]")].map((letter) => ({
    id: letter.dataset.letter ?? "",
    ciphertext: (part(letter, "ciphertext").textContent ?? "")
      .split("\n")
      .filter((line) => !line.startsWith("-----"))
      .join(""),
    expiresOn: letter.dataset.expiresOn ?? "",
    until: part(letter, "until").textContent ?? "",
    answered: letter.dataset.answered !== undefined,
  }));
}

function hasDraft(root: HTMLElement): boolean {
  const fields = part(root, "threads").querySelectorAll("textarea");
  return [...fields].some(({ value }) => value.trim() !== "");
}
