import type { PlaybookContent } from "#db/schema/playbooks.ts";
import { readReference } from "#lib/reference/read-reference.ts";
import type { ReferenceFile } from "#lib/reference/schema.ts";

type Both = { en: string; es: string };
type File = ReferenceFile<"playbooks">;

export type ShippedPlaybook = { id: string; content: PlaybookContent };

/** The playbooks of the reference data, with the texts that many share written out. */
export function shippedPlaybooks(file: File = readReference("playbooks")): ShippedPlaybook[] {
  return file.items.map((item) => ({ id: item.id, content: writtenOut(item, file) }));
}

function writtenOut(item: File["items"][number], file: File): PlaybookContent {
  const { name, url, credentialTypes, jurisdictions, idFormat = null } = item;
  const shared = item.steps.map((key) => named(file.steps, key));
  const [first, ...others] = shared;
  const note = url === null ? [] : [named(file.addressNotes, item.confidence)];
  return {
    name,
    url,
    credentialTypes,
    jurisdictions,
    // What is so with this body alone comes right after how to search it.
    steps: joined([first, item.more, ...others, ...note]),
    idFormat,
    statusWords: named(file.statusWords, item.statusWords),
    callBack: item.callBack === undefined ? null : named(file.callBacks, item.callBack),
  };
}

function joined(parts: readonly (Both | undefined)[]): Both {
  const said = parts.filter((part) => part !== undefined);
  return {
    en: said.map(({ en }) => en).join("\n\n"),
    es: said.map(({ es }) => es).join("\n\n"),
  };
}

function named<T>(texts: Readonly<Record<string, T>>, key: string): T {
  const found = Object.hasOwn(texts, key) ? texts[key] : undefined;
  if (found === undefined) throw new Error(`db/seed/reference/playbooks.json names no “${key}”`);
  return found;
}
