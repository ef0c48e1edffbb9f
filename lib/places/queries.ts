import { gazetteerFile } from "./gazetteer-file.ts";
import { type Gazetteer, loadGazetteer } from "./load-gazetteer.ts";
import { matchPlace } from "./match-place.ts";
import type { PlaceLookup } from "./rules.ts";

export type { Place, PlaceLookup } from "./rules.ts";

let gazetteer: Promise<Gazetteer> | undefined;

/**
 * What a person means by a town or a postcode. The first call reads the gazetteer,
 * and builds it if it is missing.
 * @param hint ISO code of a region or country that decides between namesakes, if one lies there.
 */
export async function lookUpPlace(text: string, hint?: string): Promise<PlaceLookup> {
  gazetteer ??= loadGazetteer(gazetteerFile);
  try {
    return matchPlace(await gazetteer, text, hint);
  } catch (error) {
    // Not kept, or one failed reading would close the search until the next start.
    gazetteer = undefined;
    throw error;
  }
}
