import { and, arrayOverlaps, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { registerRows, registerSources } from "#db/schema/registers.ts";
import { isValidNpi } from "#lib/reference/rules.ts";
import type { Connector, Person, Proposal, RegisterRow } from "./connector.ts";
import { fetchFile, type Wait } from "./fetch-answer.ts";
import { readCsv } from "./read-csv.ts";
import { compactDay, nameKeys, registerNameKeys } from "./rules.ts";
import type { Facts } from "./schema.ts";

export const leieId = "leie";

/** What is kept of its columns. Addresses and birth dates are not: we hold nothing to compare. */
const headings = [
  "LASTNAME",
  "FIRSTNAME",
  "MIDNAME",
  "GENERAL",
  "SPECIALTY",
  "NPI",
  "STATE",
  "EXCLTYPE",
  "EXCLDATE",
  "REINDATE",
  "WAIVERDATE",
  "WVRSTATE",
];

/** The OIG's list of people excluded from US federal health programs, one CSV file a month. */
export function leie(url: string, wait?: Wait): Connector {
  const manners = { timeoutMs: 600_000, maxBytes: 200_000_000, tries: 3, perSecond: 1 };
  return {
    id: leieId,
    name: null,
    from: url,
    manners,
    file: {
      everyDays: 7,
      open: async () => {
        const { body, asOf } = await fetchFile(new URL(url), manners, wait);
        return { asOf, rows: rowsOf(body) };
      },
    },
  };
}

async function* rowsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RegisterRow> {
  for await (const cells of readCsv(bytes, { delimiter: ",", encoding: "utf-8", headings })) {
    const { LASTNAME = "", FIRSTNAME = "", NPI = "" } = cells;
    const keys = registerNameKeys(LASTNAME, FIRSTNAME);
    if (isValidNpi(NPI)) keys.push(NPI);
    // Without a name it is a business.
    if (LASTNAME !== "" && keys.length > 0) yield { keys, fields: cells };
  }
}

/** Rows that may be about someone, as the last file has them: by name they are candidates alone. */
export async function listExclusionCandidates(person: Person, db: Db): Promise<Proposal[]> {
  const own = new Set(nameKeys(person.registerName));
  const shown = new Set(nameKeys(person.displayName));
  const keys = exclusionKeys(person);
  if (keys.length === 0) return [];
  const rows = await db
    .select({
      keys: registerRows.keys,
      fields: registerRows.fields,
      asOf: registerSources.sourceAsOf,
    })
    .from(registerRows)
    .innerJoin(registerSources, eq(registerSources.id, registerRows.sourceId))
    .where(and(eq(registerRows.sourceId, leieId), arrayOverlaps(registerRows.keys, keys)))
    .orderBy(registerRows.rowHash);
  return rows.flatMap((row) => {
    const npi = row.fields.NPI ?? "";
    const numberAgrees = person.npis.includes(npi);
    // Someone whose number we know has no other one.
    if (!numberAgrees && person.npis.length > 0 && isValidNpi(npi)) return [];
    const nameAgrees = row.keys.some((key) => own.has(key) || shown.has(key));
    return {
      strength: numberAgrees ? "number" : "name",
      statusText: row.fields.EXCLTYPE || null,
      sourceAsOf: row.asOf,
      facts: {
        ...factsOf(row.fields),
        nameAgrees: nameAgrees ? "yes" : "no",
        numberAgrees: numberAgrees ? "yes" : "not-said",
      },
    } satisfies Proposal;
  });
}

/** What someone is looked up by. */
export function exclusionKeys({ registerName, displayName, npis }: Person): string[] {
  return [...new Set([...nameKeys(registerName), ...nameKeys(displayName), ...npis])];
}

/** Those of the keys that stand in the last file: one look through it for many people. */
export async function listKeysInFile(keys: readonly string[], db: Db): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .select({ keys: registerRows.keys })
    .from(registerRows)
    .where(and(eq(registerRows.sourceId, leieId), arrayOverlaps(registerRows.keys, [...keys])));
  return new Set(rows.flatMap((row) => row.keys));
}

function factsOf(fields: Record<string, string>): Facts {
  const given = [fields.FIRSTNAME, fields.MIDNAME].filter(Boolean).join(" ");
  const facts: Record<string, string | null | undefined> = {
    name: [fields.LASTNAME, given].join(", "),
    npi: isValidNpi(fields.NPI ?? "") ? fields.NPI : null,
    exclusionType: fields.EXCLTYPE,
    exclusionDate: compactDay(fields.EXCLDATE ?? ""),
    reinstated: compactDay(fields.REINDATE ?? ""),
    waiver:
      compactDay(fields.WAIVERDATE ?? "") &&
      [fields.WVRSTATE, compactDay(fields.WAIVERDATE ?? "")].join(" "),
    field: [fields.GENERAL, fields.SPECIALTY].filter(Boolean).join(", "),
    state: fields.STATE,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value));
}
