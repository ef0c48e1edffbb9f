import { findRegion } from "#lib/reference/queries.ts";
import { locate } from "#lib/revisions/topic-place.ts";
import { matchRegion } from "./match-names.ts";
import { hintOf, readText } from "./read-text.ts";
import type { ColumnName, RowReader } from "./schema.ts";

/** A town, to be shown as such and no nearer. Degrees, WGS 84. */
export type Place = { city: string; region: string; lat: number; lon: number };

/** The town and its region: both or neither. */
export async function readPlace(row: RowReader): Promise<Place | null> {
  const city = readText(row, "city", 120);
  const region = readRegion(row, "region");
  if (row.cells.city === "" && row.cells.region !== "") {
    return row.wrong("city", { expected: "a town, where there is a region" });
  }
  if (row.cells.region === "" && row.cells.city !== "") {
    return row.wrong("region", { expected: "the region of the town, as an ISO 3166-2 code" });
  }
  if (city === null || region === null) return null;
  const precision = "city" as const;
  const found = await locate({ city, region, precision, postcode: null, address: null });
  if ("lat" in found) return { city, region, lat: found.lat, lon: found.lon };
  const names = found.values?.names;
  return row.wrong("city", {
    expected: `a town of ${findRegion(region)?.name.en ?? region} that we know`,
    ...hintOf(names === undefined ? [] : [String(names)]),
  });
}

/** A code of ours; null for a blank cell and for one that is wrong. */
export function readRegion({ cells, wrong }: RowReader, column: ColumnName): string | null {
  const code = cells[column].toUpperCase();
  if (code === "") return null;
  if (findRegion(code)) return code;
  const { ids, ideas } = matchRegion(cells[column]);
  return wrong(column, hintOf(ids.length > 0 ? ids : ideas));
}
