import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { and, arrayOverlaps, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { registerRows, registerSources } from "#db/schema/registers.ts";
import { jurisdictionMatches } from "#lib/reference/rules.ts";
import {
  type Connector,
  namesOf,
  type OpenClaim,
  type Person,
  type Proposal,
  type RegisterRow,
} from "./connector.ts";
import { type Answer, fetchFile, type Wait } from "./fetch-answer.ts";
import { readCsv } from "./read-csv.ts";
import { nameKeys, numberKeys, RegisterError, registerNameKeys, splitFullName } from "./rules.ts";
import type { Agreement, Reading, RosterSettings } from "./schema.ts";

const mostProposed = 5;

/** A board that publishes its whole roster as a CSV file; the settings say what its columns hold. */
export function roster(settings: RosterSettings, wait?: Wait): Connector {
  const id = `csv:${settings.id}`;
  const manners = {
    timeoutMs: 900_000,
    maxBytes: settings.maxMegabytes * 1_000_000,
    tries: 3,
    perSecond: 1,
  };
  return {
    id,
    name: settings.name,
    from: settings.url ?? settings.file ?? "",
    manners,
    ask: {
      fits: ({ typeId, jurisdiction }) =>
        typeId !== null &&
        settings.credentialTypes.includes(typeId) &&
        settings.jurisdictions.some((pattern) => jurisdictionMatches(pattern, jurisdiction ?? "")),
      look: (claim, person, db) => lookUp(id, settings, claim, person, db),
    },
    file: {
      everyDays: settings.everyDays,
      open: async () => {
        const { body, asOf } = settings.url
          ? await fetchFile(new URL(settings.url), manners, wait)
          : await openFile(settings.file ?? "", settings.asOf);
        return { asOf: asOf ?? settings.asOf ?? null, rows: rowsOf(body, settings) };
      },
    },
  };
}

/** The day on which a copy was made says less than what its keeper wrote in the settings. */
async function openFile(path: string, asOf: string | undefined): Promise<Answer> {
  const { mtime } = await stat(path).catch(noFile);
  return { body: bytesOf(path), asOf: asOf ?? mtime.toISOString().slice(0, 10) };
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    noFile(error);
  }
}

function noFile(error: unknown): never {
  throw new RegisterError("no-file", (error as NodeJS.ErrnoException).code);
}

/** Fields are kept under our own names for them, so that changed headings change no row. */
async function* rowsOf(bytes: AsyncIterable<Uint8Array>, settings: RosterSettings) {
  const { delimiter, encoding, columns } = settings;
  const wanted = Object.entries(columns).flatMap(([name, heading]) =>
    heading === undefined ? [] : [{ name, heading }],
  );
  const headings = [...new Set(wanted.map(({ heading }) => heading))];
  for await (const cells of readCsv(bytes, { delimiter, encoding, headings })) {
    const fields = Object.fromEntries(
      wanted.map(({ name, heading }) => [name, cells[heading] ?? ""]),
    );
    const keys = [...nameKeysOf(fields), ...numberKeys(fields.number ?? "")];
    if (keys.length > 0) yield { keys, fields } satisfies RegisterRow;
  }
}

function nameKeysOf(fields: Record<string, string>): string[] {
  const { last, first } = fields.lastName
    ? { last: fields.lastName, first: fields.firstName ?? "" }
    : splitFullName(fields.fullName ?? "");
  return registerNameKeys(last, first);
}

/** By number; by name alone where the number is not in the register. */
async function lookUp(
  id: string,
  settings: RosterSettings,
  claim: OpenClaim,
  person: Person,
  db: Db,
): Promise<Proposal[]> {
  const names = namesOf(person).flatMap(nameKeys);
  const numbers = numberKeys(claim.number ?? "", claim.letters ?? "");
  const [source] = await db
    .select({ asOf: registerSources.sourceAsOf, lastGoodAt: registerSources.lastGoodAt })
    .from(registerSources)
    .where(eq(registerSources.id, id));
  if (!source?.lastGoodAt) throw new RegisterError("not-read-yet");
  const byNumber = await rowsWith(id, numbers, db);
  const found = byNumber.length > 0 ? byNumber : await rowsWith(id, names, db);
  const proposed = found.map(({ fields }) => {
    const keys = nameKeysOf(fields);
    const nameAgrees = agreement(keys, names);
    const numberAgrees = agreement(numberKeys(fields.number ?? ""), numbers);
    return { fields, nameAgrees, numberAgrees };
  });
  return proposed
    .toSorted((a, b) => rank(a.nameAgrees) - rank(b.nameAgrees))
    .slice(0, mostProposed)
    .map(({ fields, nameAgrees, numberAgrees }) => ({
      strength: numberAgrees === "yes" ? "number" : "name",
      statusText: fields.status || null,
      sourceAsOf: source.asOf,
      facts: {
        name: fields.fullName || [fields.lastName, fields.firstName].filter(Boolean).join(", "),
        nameAgrees,
        ...(fields.number && { number: fields.number }),
        numberAgrees,
        ...(fields.type && { type: fields.type }),
        readsAs: readingOf(fields.status ?? "", settings.active),
        ...(fields.expires && { expires: fields.expires }),
        ...(found.length > mostProposed && { others: String(found.length - mostProposed) }),
      },
    }));
}

function rowsWith(id: string, keys: readonly string[], db: Db) {
  if (keys.length === 0) return Promise.resolve([]);
  return db
    .select({ fields: registerRows.fields })
    .from(registerRows)
    .where(and(eq(registerRows.sourceId, id), arrayOverlaps(registerRows.keys, [...keys])))
    .orderBy(registerRows.rowHash);
}

function agreement(theirs: readonly string[], ours: readonly string[]): Agreement {
  if (theirs.length === 0 || ours.length === 0) return "not-said";
  return theirs.some((key) => ours.includes(key)) ? "yes" : "no";
}

const rank = (agrees: Agreement) => (agrees === "yes" ? 0 : 1);

function readingOf(status: string, active: readonly string[]): Reading {
  if (status === "") return "not-said";
  const word = status.toLowerCase();
  return active.some((known) => known.toLowerCase() === word) ? "active" : "other";
}
