import { archetypes } from "./archetypes.ts";

const everywhere = {
  nigerian: 1.5,
  ghanaian: 1,
  "horn-of-africa": 1,
  kenyan: 0.6,
  caribbean: 1.5,
  chinese: 3,
  korean: 1.5,
  japanese: 1.2,
  vietnamese: 1.5,
  filipino: 2,
  indian: 3,
  punjabi: 1,
  pakistani: 1.5,
  bangladeshi: 0.6,
  persian: 1.2,
  arabic: 2,
  turkish: 0.6,
  jewish: 4,
  polish: 2,
  ukrainian: 1,
  portuguese: 1,
  italian: 2,
};

const groupsByCountry: Record<string, Record<string, number>> = {
  US: {
    ...everywhere,
    anglo: 32,
    latine: 18,
    "black-american": 13,
    irish: 2,
    german: 1,
    haitian: 1,
    indigenous: 1,
  },
  GB: {
    ...everywhere,
    anglo: 42,
    caribbean: 5,
    nigerian: 4,
    pakistani: 5,
    bangladeshi: 2,
    indian: 5,
    irish: 6,
  },
  CA: { ...everywhere, anglo: 30, punjabi: 5, chinese: 6, filipino: 4, french: 4, indigenous: 3 },
  AU: { ...everywhere, anglo: 42, vietnamese: 4, chinese: 5, irish: 4, indian: 5, italian: 4 },
  NZ: { ...everywhere, anglo: 40, maori: 18, samoan: 7, chinese: 4, indian: 4 },
  IE: { ...everywhere, irish: 80, polish: 5, nigerian: 4 },
  DE: { ...everywhere, german: 70, turkish: 10, polish: 4, arabic: 4 },
  NL: { ...everywhere, dutch: 75, turkish: 5, arabic: 4 },
};

const groupsByRegion: Record<string, Record<string, number>> = {
  "US-PR": { latine: 100 },
  "US-CA": { ...groupsByCountry.US, latine: 34, chinese: 5, filipino: 4, persian: 3 },
  "US-TX": { ...groupsByCountry.US, latine: 34 },
  "US-NM": { ...groupsByCountry.US, latine: 40, indigenous: 8 },
  "US-AZ": { ...groupsByCountry.US, latine: 30, indigenous: 5 },
  "US-NV": { ...groupsByCountry.US, latine: 30, filipino: 5 },
  "US-FL": { ...groupsByCountry.US, latine: 36, haitian: 5 },
  "US-NY": { ...groupsByCountry.US, latine: 24, caribbean: 5, jewish: 8 },
  "CA-QC": { french: 74, anglo: 10, haitian: 5, arabic: 5, portuguese: 3 },
};

/** How common the groups of names are in a region. */
export function groupWeights(region: string): Record<string, number> {
  return groupsByRegion[region] ?? groupsByCountry[region.slice(0, 2)] ?? { anglo: 1 };
}

/** Kinds of practice by how common they are; newcomers more often work with newcomers. */
export function archetypeWeights(group: string): Record<string, number> {
  const newcomers = !["anglo", "irish", "german", "dutch", "french", "black-american"].includes(
    group,
  );
  return Object.fromEntries(
    Object.entries(archetypes).map(([id, { weight }]) => [
      id,
      id === "migration" && newcomers ? weight * 3 : weight,
    ]),
  );
}
