import { hash } from "./draw.ts";

/**
 * Shapes of licence numbers, as the registers print them; `#` is a digit. The demo fills each from
 * 99 upwards, which no register has reached, so that no number can be a real person's.
 */
const shapes: Record<string, Record<string, string>> = {
  "us-lpc": {
    "US-CA": "LPCC ######",
    "US-NY": "######",
    "US-TX": "#######",
    "US-FL": "MH######",
    "US-WA": "LH########",
    "US-OR": "C#####",
    "US-NV": "CP####",
    "US-IL": "180.######",
    "US-PA": "PC######",
    "US-OH": "E.#######",
    "US-MA": "LMHC######",
    "US-CO": "LPC.#######",
    "US-AZ": "LPC-#####",
    "US-GA": "LPC######",
    "US-MI": "6401######",
    "US-NJ": "37PC########",
    "US-VA": "0701######",
    "US-MD": "LC#####",
    "US-DC": "PRC#####",
    "US-MN": "CC#####",
  },
  "us-lcsw": {
    "US-CA": "LCSW ######",
    "US-NY": "######",
    "US-TX": "######",
    "US-FL": "SW######",
    "US-WA": "LW########",
    "US-OR": "L#####",
    "US-NV": "####-C",
    "US-IL": "149.######",
    "US-PA": "CW######",
    "US-OH": "I.#######",
    "US-MA": "######",
    "US-CO": "CSW.########",
    "US-AZ": "LCSW-#####",
    "US-GA": "CSW######",
    "US-MI": "6801######",
    "US-NJ": "44SC########",
    "US-VA": "0904######",
    "US-DC": "LC########",
  },
  "us-lmft": {
    "US-CA": "LMFT ######",
    "US-NY": "######",
    "US-TX": "######",
    "US-FL": "MT#####",
    "US-WA": "LF########",
    "US-OR": "T#####",
    "US-IL": "166.######",
    "US-PA": "MF######",
    "US-OH": "F.#######",
    "US-CO": "MFT.#######",
    "US-AZ": "LMFT-#####",
    "US-NJ": "37FI########",
    "US-VA": "0717######",
  },
  "us-psychologist": {
    "US-CA": "PSY ######",
    "US-NY": "######",
    "US-FL": "PY#####",
    "US-WA": "PY########",
    "US-NV": "PY####",
    "US-IL": "071.######",
    "US-PA": "PS######",
    "US-OH": "P.#####",
    "US-CO": "PSY.#######",
    "US-AZ": "PSY-######",
    "US-GA": "PSY######",
    "US-MI": "6301######",
    "US-NJ": "35SI########",
    "US-VA": "0810######",
    "US-DC": "PSY#######",
    "US-MN": "LP#####",
  },
  "us-lpc-associate": { "US-CA": "APCC ######", "US-FL": "IMH#####", "US-WA": "MC########" },
  "us-mft-associate": { "US-CA": "AMFT ######", "US-WA": "MG########" },
  "us-lmsw": { "US-CA": "ASW ######", "US-WA": "SC########" },
  "us-psychiatrist": { "US-CA": "A ######", "US-TX": "R####", "US-FL": "ME######" },
  "us-pmhnp": { "US-CA": "NP ########", "US-NY": "F######", "US-TX": "AP######" },
};

const anywhere: Record<string, string> = {
  "gb-hcpc-psych": "PYL######",
  "gb-hcpc-arts": "AS######",
  "gb-bacp": "########",
  "gb-ukcp": "##########",
  "gb-ncps": "NCS##-#####",
  "gb-bpc": "#####",
  "gb-babcp": "######",
  "gb-cosrt": "####",
  "gb-trainee": "########",
  "gb-gmc-psych": "#######",
  "ca-on-rp": "0######",
  "ca-on-rp-q": "0######",
  "ca-qc-permit": "#####-##",
  "ie-iacp": "M#####",
  "ie-psi": "M#####C",
  "au-psychologist": "PSY00########",
  "au-psych-provisional": "PSY00########",
  "au-psychiatrist": "MED00########",
  "nz-psychologist": "##-#####",
  "nl-gz": "###########",
  "nl-pt": "###########",
  "nl-kp": "###########",
  "nl-psychiater": "###########",
  "cert-emdria": "EM######",
  "cert-nbcc": "#######",
};

/** A number of the right shape for a credential; the same for the same holder and place. */
export function licenceNumber(typeId: string, region: string | null, holder: string): string {
  const shape = shapes[typeId]?.[region ?? ""] ?? anywhere[typeId] ?? "######";
  const digits = shape.replaceAll(/[^#]/g, "").length;
  const serial = String(hash(`${holder}/${typeId}/${region}`))
    .padStart(10, "0")
    .slice(-(digits - 2));
  let left = `99${serial}`.padEnd(digits, "0");
  return shape.replaceAll("#", () => {
    const digit = left.charAt(0);
    left = left.slice(1);
    return digit;
  });
}

type Range = { prefix: string; from: number; to: number; width: number };

/** Ranges that the regulators keep free for drama: nobody ever answers there. */
const dramaRanges: Record<string, Range> = {
  "GB-ENG/London": { prefix: "+44 20 7946 0", from: 0, to: 999, width: 3 },
  "GB-ENG/Manchester": { prefix: "+44 161 496 0", from: 0, to: 999, width: 3 },
  "GB-ENG/Leeds": { prefix: "+44 113 496 0", from: 0, to: 999, width: 3 },
  "GB-ENG/Bristol": { prefix: "+44 117 496 0", from: 0, to: 999, width: 3 },
  "GB-ENG/Birmingham": { prefix: "+44 121 496 0", from: 0, to: 999, width: 3 },
  "GB-SCT/Edinburgh": { prefix: "+44 131 496 0", from: 0, to: 999, width: 3 },
  "GB-SCT/Glasgow": { prefix: "+44 141 496 0", from: 0, to: 999, width: 3 },
  GB: { prefix: "+44 7700 900", from: 0, to: 999, width: 3 },
  "AU-VIC": { prefix: "+61 3 5550 ", from: 0, to: 9999, width: 4 },
  "AU-TAS": { prefix: "+61 3 5550 ", from: 0, to: 9999, width: 4 },
  "AU-QLD": { prefix: "+61 7 5550 ", from: 0, to: 9999, width: 4 },
  "AU-SA": { prefix: "+61 8 5550 ", from: 0, to: 9999, width: 4 },
  "AU-WA": { prefix: "+61 8 5550 ", from: 0, to: 9999, width: 4 },
  "AU-NT": { prefix: "+61 8 5550 ", from: 0, to: 9999, width: 4 },
  AU: { prefix: "+61 2 5550 ", from: 0, to: 9999, width: 4 },
  "DE-BE": { prefix: "+49 30 23125 ", from: 0, to: 999, width: 3 },
  "DE-HH": { prefix: "+49 40 66969 ", from: 0, to: 999, width: 3 },
};

/** Area codes of North America; with 555-0100 to 555-0199 they are kept for fiction. */
const areaCodes: Record<string, string> = {
  "US-AL": "205",
  "US-AK": "907",
  "US-AZ": "602",
  "US-AR": "501",
  "US-CA": "510",
  "US-CO": "303",
  "US-CT": "203",
  "US-DE": "302",
  "US-DC": "202",
  "US-FL": "305",
  "US-GA": "404",
  "US-HI": "808",
  "US-ID": "208",
  "US-IL": "312",
  "US-IN": "317",
  "US-IA": "515",
  "US-KS": "316",
  "US-KY": "502",
  "US-LA": "504",
  "US-ME": "207",
  "US-MD": "410",
  "US-MA": "617",
  "US-MI": "313",
  "US-MN": "612",
  "US-MS": "601",
  "US-MO": "314",
  "US-MT": "406",
  "US-NE": "402",
  "US-NV": "702",
  "US-NH": "603",
  "US-NJ": "201",
  "US-NM": "505",
  "US-NY": "718",
  "US-NC": "919",
  "US-ND": "701",
  "US-OH": "614",
  "US-OK": "405",
  "US-OR": "503",
  "US-PA": "215",
  "US-RI": "401",
  "US-SC": "803",
  "US-SD": "605",
  "US-TN": "615",
  "US-TX": "512",
  "US-UT": "801",
  "US-VT": "802",
  "US-VA": "804",
  "US-WA": "206",
  "US-WV": "304",
  "US-WI": "414",
  "US-WY": "307",
  "US-PR": "787",
  "CA-AB": "403",
  "CA-BC": "604",
  "CA-MB": "204",
  "CA-NB": "506",
  "CA-NL": "709",
  "CA-NS": "902",
  "CA-ON": "416",
  "CA-PE": "902",
  "CA-QC": "514",
  "CA-SK": "306",
};

/** A telephone number that can be nobody's, or null where no range is kept free that we know of. */
export function phoneNumber(
  place: { city: string; region: string },
  holder: string,
): string | null {
  const serial = hash(`${holder}/phone`);
  const areaCode = areaCodes[place.region];
  if (areaCode) return `+1 ${areaCode} 555 ${String(100 + (serial % 100)).padStart(4, "0")}`;
  const range =
    dramaRanges[`${place.region}/${place.city}`] ??
    dramaRanges[place.region] ??
    dramaRanges[place.region.slice(0, 2)];
  if (!range) return null;
  const number = range.from + (serial % (range.to - range.from + 1));
  return range.prefix + String(number).padStart(range.width, "0");
}
