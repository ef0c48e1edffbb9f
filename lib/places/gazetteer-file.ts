/**
 * Relative to the root of the project. `npm ci` clears the folder, and the next build fills it.
 * PARASOL_GAZETTEER names another, for an image whose node_modules is not kept.
 */
export const gazetteerFile =
  process.env.PARASOL_GAZETTEER || "node_modules/.cache/parasol/gazetteer.json";

/** Raised when the shape below changes, so that a file of an older build is built again. */
export const gazetteerFormat = 1;

/**
 * The gazetteer as it lies on disk: columns, because 39,000 objects would cost ten times the
 * memory. Places stand in order of prominence, so a lower index is the likelier meaning.
 */
export type GazetteerFile = {
  format: typeof gazetteerFormat;
  regions: string[];
  /** One name a line. */
  names: string;
  /** Index into `regions`. */
  regionOf: number[];
  /** Ten-thousandths of a degree, about 11 m. */
  lat: number[];
  lon: number[];
  /** In thousands, of the first places only; the rest are small or not known. */
  population: number[];
  /** Which of the namesakes in its region, from 2. */
  ordinals: [place: number, ordinal: number][];
  districts: [place: number, name: string][];
  /** Folded names, one a line, sorted; and for each line its places. */
  keys: string;
  keyPlaces: (number | number[])[];
  /** Folded words for countries and regions. */
  areas: [word: string, codes: string[]][];
  /** Sorted; the columns beside it have the same order. */
  zips: number[];
  zipLat: number[];
  zipLon: number[];
  zipRegion: number[];
  /** The town for the label, or -1. */
  zipPlace: number[];
};
