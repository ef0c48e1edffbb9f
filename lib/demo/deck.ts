import { demoData, type Place } from "./data.ts";
import { drawFor } from "./draw.ts";

/** Therapists out of 300; a state that is not named gets two, so that none is empty. */
const seats: Record<string, number> = {
  "US-CA": 26,
  "US-NY": 20,
  "US-TX": 13,
  "US-NV": 9,
  "US-OR": 9,
  "US-WA": 10,
  "US-IL": 9,
  "US-FL": 10,
  "US-MA": 6,
  "US-PA": 5,
  "US-CO": 5,
  "US-AZ": 5,
  "US-GA": 5,
  "US-NJ": 4,
  "US-NC": 4,
  "US-OH": 4,
  "US-MI": 4,
  "US-MN": 4,
  "US-VA": 3,
  "US-MD": 3,
  "US-DC": 3,
  "US-NM": 3,
  "US-PR": 4,
  "US-LA": 3,
  "GB-ENG": 17,
  "GB-SCT": 4,
  "GB-WLS": 2,
  "GB-NIR": 1,
  "CA-ON": 5,
  "CA-QC": 4,
  "CA-BC": 3,
  "CA-AB": 1,
  "CA-MB": 1,
  "CA-SK": 1,
  "CA-NS": 1,
  "CA-NB": 1,
  "CA-NL": 1,
  "CA-PE": 1,
  "AU-VIC": 4,
  "AU-NSW": 3,
  "AU-QLD": 1,
  "AU-WA": 1,
  "AU-SA": 1,
  "AU-TAS": 1,
  "AU-ACT": 1,
  "AU-NT": 1,
  "NZ-AUK": 2,
  "NZ-WGN": 2,
  "NZ-CAN": 1,
  "NZ-OTA": 1,
  "IE-L": 2,
  "IE-M": 1,
  "IE-C": 1,
  "IE-U": 1,
  "DE-BE": 3,
  "DE-HH": 1,
  "DE-NW": 1,
  "DE-SN": 1,
  "DE-BY": 1,
  "DE-HE": 1,
  "NL-NH": 2,
  "NL-ZH": 1,
  "NL-UT": 1,
  "NL-GR": 1,
};

const placesByRegion = Map.groupBy(demoData.places, (place) => place.region);

/**
 * The region of therapist `index`. Every 300 in a row are spread alike, whatever the total, so a
 * small directory is not all California and a large one only repeats the small one's pattern.
 */
export function regionOfSeat(seed: string, index: number): string {
  const known = decks.get(seed) ?? shuffledDeck(seed);
  decks.set(seed, known);
  const region = known[index % known.length];
  if (region === undefined) throw new Error("The deck of regions is empty");
  return region;
}

export function placesIn(region: string): readonly Place[] {
  return placesByRegion.get(region) ?? [];
}

const decks = new Map<string, string[]>();

function shuffledDeck(seed: string): string[] {
  const cards = [...placesByRegion.keys()].flatMap((region) => {
    const count = seats[region] ?? (region.startsWith("US-") ? 2 : 0);
    return Array.from({ length: count }, () => region);
  });
  return drawFor(seed, "deck").some(cards, cards.length);
}
