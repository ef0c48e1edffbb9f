import { lettersOf, typesIn } from "#lib/credentials/claim-choices.ts";
import { optionalDay } from "#lib/forms/schema.ts";
import { type CredentialType, findRegion } from "#lib/reference/queries.ts";
import { matchCredentialType } from "./match-names.ts";
import { readRegion } from "./read-place.ts";
import { hintOf, readText } from "./read-text.ts";
import { foldWords } from "./rules.ts";
import type { ColumnName, RowReader } from "./schema.ts";

/** A licence as the sheet claims it. */
export type Credential = {
  typeId: string;
  /** Null for certifications that belong to no place. */
  jurisdiction: string | null;
  letters: string;
  number: string;
  /** `YYYY-MM-DD` */
  expiresOn: string | null;
};

const others = ["licence_number", "licence_region", "licence_expires"] as const;

/** The licence of a row: none of its cells, or at least its type and its number. */
export function readCredential(row: RowReader): Credential | null {
  const { cells, wrong } = row;
  const jurisdiction = readRegion(row, "licence_region");
  const number = readText(row, "licence_number", 60);
  const expiresOn = readDay(row, "licence_expires");
  if (cells.credential_type === "") {
    if (others.some((column) => cells[column] !== "")) {
      wrong("credential_type", { expected: "the kind of licence that the other cells tell of" });
    }
    return null;
  }
  if (cells.licence_number === "") {
    wrong("licence_number", { expected: "a number, where there is a credential_type" });
  }
  const isPlaceWrong = jurisdiction === null && cells.licence_region !== "";
  const type = isPlaceWrong ? null : readType(row, jurisdiction ?? "");
  if (type === null || number === null) return null;
  const letters = lettersFor(type, jurisdiction ?? "", cells.credential_type);
  return { typeId: type.id, jurisdiction, letters, number, expiresOn };
}

function readDay({ cells, wrong }: RowReader, column: ColumnName): string | null {
  const day = cells[column];
  if (day === "") return null;
  const isDay = optionalDay.safeParse(day).success && day > "1950" && day < "2100";
  return isDay ? day : wrong(column);
}

/** Letters are shared by several types; which one is meant is clear only within a place. */
function readType({ cells, wrong }: RowReader, jurisdiction: string): CredentialType | null {
  const said = cells.credential_type;
  const { ids, ideas } = matchCredentialType(jurisdiction, said);
  const [type, second] = typesIn(jurisdiction).filter(({ id }) => ids.includes(id));
  if (type && !second) return type;
  if (second) {
    return wrong("credential_type", {
      expected: "one licence: this name belongs to several, so give the id",
      ...hintOf(ids),
    });
  }
  const elsewhere = matchCredentialType(null, said).ids;
  if (elsewhere.length === 0) return wrong("credential_type", hintOf(ideas));
  const place = findRegion(jurisdiction)?.name.en;
  return place
    ? wrong("credential_type", { expected: `a licence or register that there is in ${place}` })
    : wrong("licence_region", { expected: "the region that this licence is for" });
}

/** The letters that were given, as registers print them; else the usual ones there. */
function lettersFor(type: CredentialType, jurisdiction: string, said: string): string {
  const letters = lettersOf(type, jurisdiction);
  const given = letters.find((each) => foldWords(each) === foldWords(said));
  return given ?? letters[0] ?? said;
}
