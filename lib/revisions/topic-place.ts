import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { practiceLocations } from "#db/schema/profiles.ts";
import { locationPrecisions } from "#db/vocabulary.ts";
import { type FieldErrors, parseForm } from "#lib/forms/rules.ts";
import { manyOf, optionalText } from "#lib/forms/schema.ts";
import { lookUpPlace, type Place, type PlaceLookup } from "#lib/places/queries.ts";
import { foldName } from "#lib/places/rules.ts";
import { findRegion, listLevels, listRegions, listTerms } from "#lib/reference/queries.ts";
import type { Draft } from "./open-draft.ts";
import { chosen, type EditorView } from "./queries.ts";
import { filledRows, type Topic } from "./topic.ts";
import { writeTerms } from "./write-terms.ts";

export const mostLocations = 4;
export const mostLanguages = 8;

const idsOf = (kind: "format" | "arrangement" | "access" | "language") =>
  listTerms(kind).map(({ id }) => id);
const regions = new Set(listRegions().map(({ code }) => code));
const fluency = listLevels("language").map(({ id }) => id);
const languageIds = new Set(idsOf("language"));

const languageRow = z
  .object({ id: z.string().default(""), level: z.string().default("") })
  .transform(({ id, level }, context) => {
    if (id === "") return null;
    if (!languageIds.has(id)) context.addIssue({ code: "custom", path: ["id"], message: "choose" });
    if (!fluency.includes(level)) {
      context.addIssue({ code: "custom", path: ["level"], message: "choose" });
    }
    return { id, level };
  });

const locationRow = z
  .object({
    region: z.string().default(""),
    city: optionalText(120),
    postcode: optionalText(12),
    address: optionalText(200),
    precision: z.string().default(""),
  })
  .transform(({ region, city, postcode, address, ...row }, context) => {
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (region === "" && city === null && postcode === null && address === null) return null;
    const precision = locationPrecisions.find((known) => known === row.precision);
    if (!regions.has(region)) wrong("region", "choose");
    if (city === null) wrong("city", "required");
    if (precision === undefined) wrong("precision", "choose");
    if (precision === "exact" && address === null) wrong("address", "required");
    if (city === null || precision === undefined) return z.NEVER;
    // What is not to be shown is not kept either.
    return {
      region,
      city,
      precision,
      postcode: precision === "city" ? null : postcode,
      address: precision === "exact" ? address : null,
    };
  });

const schema = z.object({
  format: manyOf(idsOf("format")),
  arrangement: manyOf(idsOf("arrangement")),
  access: manyOf(idsOf("access")),
  languages: z.array(languageRow).max(mostLanguages),
  locations: z.array(locationRow).max(mostLocations),
});

type Room = NonNullable<z.output<typeof locationRow>> & { lat: number; lon: number };
type Value = Omit<z.output<typeof schema>, "locations"> & { locations: Room[] };

const layout = {
  lists: ["format", "arrangement", "access"],
  rows: { languages: mostLanguages, locations: mostLocations },
};

export const place: Topic = {
  layout,
  read: async (typed) => {
    const parsed = parseForm(schema, typed, layout);
    if (!parsed.ok) return parsed;
    const { locations, ...rest } = parsed.value;
    const found = await Promise.all(locations.map((row) => row && locate(row)));
    const errors: Record<string, FieldErrors[string]> = {};
    for (const [row, room] of found.entries()) {
      if (room && "code" in room) errors[`locations.${row}.city`] = room;
    }
    if (Object.keys(errors).length > 0) return { ok: false, errors };
    const rooms = found.filter((room): room is Room => room !== null && !("code" in room));
    const value = { ...rest, locations: rooms };
    return { ok: true, value: (draft, tx) => writePlace(value, draft, tx) };
  },
  fill: (view) => ({
    format: chosen(view, "format"),
    arrangement: chosen(view, "arrangement"),
    access: chosen(view, "access"),
    ...filledRows("languages", languagesOf(view)),
    ...filledRows("locations", view.locations),
  }),
};

function languagesOf({ terms }: EditorView) {
  return terms
    .filter(({ kind }) => kind === "language")
    .map(({ id, level }) => ({ id, level: level ?? "therapy" }));
}

/** Degrees of the postcode or the town: as near as may be shown, and nearer is never stored. */
export async function locate(
  row: NonNullable<z.output<typeof locationRow>>,
): Promise<Room | FieldErrors[string]> {
  const code = row.region.startsWith("US-") ? row.postcode : null;
  const zip = code ? await lookUpPlace(code) : null;
  if (zip?.kind === "found" && zip.place.region === row.region) return at(row, zip.place);
  const town = await lookUpPlace(row.city, row.region);
  const inRegion =
    choicesOf(town).find((choice) => choice.region === row.region) ?? (await namesake(row));
  if (inRegion) return at(row, inRegion);
  const ideas = town.kind === "unknown" ? (town.suggestions ?? []) : [];
  const names = ideas.filter((idea) => idea.region === row.region).map(({ name }) => name);
  return names.length > 0
    ? { code: "unknown-town-like", values: { names: [...new Set(names)].slice(0, 4).join(", ") } }
    : { code: "unknown-town" };
}

function choicesOf(town: PlaceLookup): Place[] {
  if (town.kind === "ambiguous") return town.choices;
  return town.kind === "found" ? [town.place, ...(town.others ?? [])] : [];
}

/** Towns called like a region: Indiana in Pennsylvania. "Bufalo, New York" is not New York City. */
async function namesake({ city, region }: { city: string; region: string }) {
  const town = await lookUpPlace(`${city}, ${findRegion(region)?.name.en ?? region}`, region);
  return choicesOf(town).find(
    (choice) => choice.region === region && foldName(choice.name) === foldName(city),
  );
}

function at(
  row: NonNullable<z.output<typeof locationRow>>,
  { lat, lon }: { lat: number; lon: number },
): Room {
  return { ...row, lat, lon };
}

async function writePlace(value: Value, { revisionId }: Draft, tx: Db): Promise<void> {
  const { locations, languages } = value;
  const spoken = new Map(languages.filter((row) => row !== null).map((row) => [row.id, row.level]));
  await writeTerms(
    revisionId,
    ["format", "arrangement", "access", "language"],
    [
      ...(["format", "arrangement", "access"] as const).flatMap((kind) =>
        value[kind].map((id) => ({ kind, id })),
      ),
      ...[...spoken].map(([id, level]) => ({ kind: "language" as const, id, level })),
    ],
    tx,
  );
  await tx.delete(practiceLocations).where(eq(practiceLocations.revisionId, revisionId));
  if (locations.length === 0) return;
  await tx.insert(practiceLocations).values(locations.map((room) => ({ revisionId, ...room })));
}
