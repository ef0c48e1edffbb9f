import { z } from "zod";
import { type TermKind, textLocales } from "#db/vocabulary.ts";
import { mostLanguages } from "#lib/revisions/topic-place.ts";
import { matchTerm } from "./match-names.ts";
import { type Credential, readCredential } from "./read-credential.ts";
import { type Place, readPlace } from "./read-place.ts";
import { hintOf, readText } from "./read-text.ts";
import { splitList, tidyAddress } from "./rules.ts";
import type { Cells, ColumnName, Problem, RowReader } from "./schema.ts";

/** One therapist as a sheet tells of them; null where it says nothing. */
export type Entry = {
  email: string;
  locale: (typeof textLocales)[number];
  displayName: string;
  pronouns: string | null;
  headline: string | null;
  website: string | null;
  place: Place | null;
  terms: readonly { kind: ListedKind; id: string }[];
  credential: Credential | null;
};

export type Reading = { entry: Entry } | { problems: readonly Problem[] };

/** Everything that is wrong with a row, or what it says. */
export async function readRow(cells: Cells): Promise<Reading> {
  const problems: Problem[] = [];
  const row: RowReader = {
    cells,
    wrong: (column, more) => {
      problems.push({ column, found: cells[column], ...more });
      return null;
    },
  };
  const email = readEmail(row);
  const displayName = readText(row, "display_name", 120);
  if (cells.display_name === "") row.wrong("display_name");
  const rest = {
    locale: readLocale(row),
    pronouns: readText(row, "pronouns", 60),
    headline: readText(row, "headline", 200),
    website: readWebsite(row),
    place: await readPlace(row),
    terms: readTerms(row),
    credential: readCredential(row),
  };
  if (problems.length > 0 || email === null || displayName === null) return { problems };
  return { entry: { email, displayName, ...rest } };
}

function readEmail({ cells, wrong }: RowReader): string | null {
  const address = tidyAddress(cells.email);
  return z.email().max(254).safeParse(address).success ? address : wrong("email");
}

function readLocale({ cells, wrong }: RowReader): Entry["locale"] {
  if (cells.language === "") return "en";
  const { ids } = matchTerm("language", cells.language);
  const locale = textLocales.find((known) => ids.includes(known));
  if (!locale) wrong("language");
  return locale ?? "en";
}

const webAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300);

function readWebsite(row: RowReader): string | null {
  const address = readText(row, "website", 300);
  if (address === null || webAddress.safeParse(address).success) return address;
  const meant = `https://${address}`;
  return row.wrong("website", webAddress.safeParse(meant).success ? { hint: meant } : {});
}

const lists = {
  formats: "format",
  languages: "language",
  modalities: "modality",
  concerns: "concern",
  work_contexts: "work",
} as const satisfies Partial<Record<ColumnName, TermKind>>;

type ListColumn = keyof typeof lists;
export type ListedKind = (typeof lists)[ListColumn];

function readTerms(row: RowReader): { kind: ListedKind; id: string }[] {
  return Object.entries(lists).flatMap(([column, kind]) =>
    readList(row, column as ListColumn).map((id) => ({ kind, id })),
  );
}

/** Each part that we do not know is a problem of its own. */
function readList({ cells, wrong }: RowReader, column: ListColumn): string[] {
  const kind = lists[column];
  const ids = splitList(cells[column]).flatMap((found) => {
    const { ids, ideas } = matchTerm(kind, found);
    if (ids.length === 1) return ids;
    wrong(column, { found, ...hintOf([...ids, ...ideas]) });
    return [];
  });
  const once = [...new Set(ids)];
  if (kind === "language" && once.length > mostLanguages) wrong(column);
  return once;
}
