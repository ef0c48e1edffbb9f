import { findCredentialType, findRegion } from "#lib/reference/queries.ts";

/** Main credential types of a country, by how common they are. */
const byCountry: Record<string, Record<string, number>> = {
  US: {
    "us-lpc": 27,
    "us-lcsw": 27,
    "us-lmft": 18,
    "us-psychologist": 14,
    "us-lpc-associate": 4,
    "us-mft-associate": 2,
    "us-lmsw": 3,
    "us-pmhnp": 3,
    "us-psychiatrist": 2,
  },
  GB: {
    "gb-bacp": 40,
    "gb-ukcp": 20,
    "gb-hcpc-psych": 12,
    "gb-ncps": 8,
    "gb-cosrt": 6,
    "gb-babcp": 6,
    "gb-hcpc-arts": 3,
    "gb-bpc": 3,
    "gb-trainee": 2,
    "gb-gmc-psych": 1,
  },
  CA: { "ca-psychologist": 50, "ca-rsw": 50 },
  AU: {
    "au-psychologist": 46,
    "au-pacfa": 26,
    "au-aca": 20,
    "au-psych-provisional": 4,
    "au-psychiatrist": 2,
  },
  NZ: { "nz-psychologist": 36, "nz-nzac": 36, "nz-psychotherapist": 24, "nz-psychiatrist": 2 },
  IE: { "ie-iacp": 62, "ie-icp": 20, "ie-psi": 18 },
  DE: { "de-pp": 56, "de-hpp": 18, "de-pt": 10, "de-aerztlich": 8, "de-pia": 6 },
  NL: { "nl-gz": 48, "nl-pt": 30, "nl-kp": 10, "nl-psychiater": 4 },
};

const byRegion: Record<string, Record<string, number>> = {
  "US-CA": { ...byCountry.US, "us-lmft": 46, "us-lpc": 12, "us-mft-associate": 5 },
  "US-PR": { "us-psychologist": 50, "us-lpc": 30, "us-lcsw": 20 },
  "CA-ON": {
    "ca-on-rp": 56,
    "ca-rsw": 20,
    "ca-psychologist": 14,
    "ca-on-rp-q": 6,
    "ca-psychiatrist": 2,
  },
  "CA-QC": { "ca-qc-permit": 52, "ca-psychologist": 36, "ca-rsw": 12 },
  "CA-BC": { "ca-bc-rcc": 64, "ca-psychologist": 18, "ca-rsw": 18 },
  "CA-NS": { "ca-ns-rct": 60, "ca-rsw": 20, "ca-psychologist": 20 },
  "CA-NB": { "ca-nb-lct": 70, "ca-psychologist": 30 },
  "CA-PE": { "ca-pe-ct": 70, "ca-psychologist": 30 },
};

export function professionsIn(region: string): Record<string, number> {
  const weights = byRegion[region] ?? byCountry[region.slice(0, 2)];
  if (!weights) throw new Error(`No professions for ${region}`);
  return weights;
}

/** How a therapist tells of their training; keys of `paths` in the texts. */
export function pathOf(typeId: string): string {
  if (findCredentialType(typeId)?.supervisionRequired) return "associate";
  return paths.find(([pattern]) => pattern.test(typeId))?.[1] ?? "psychotherapist";
}

const paths: readonly (readonly [RegExp, string])[] = [
  [/psychiat|gmc|pmh|aerztlich/, "prescriber"],
  [/lcsw|lmsw|rsw|-sw/, "social-worker"],
  [/lmft/, "family-therapist"],
  [/arts/, "arts"],
  [/psych(ologist)?$|psi$|-gz|-kp|de-pp/, "psychologist"],
  [/lpc|bacp|ncps|iacp|aca$|pacfa|nzac|rcc|rct|lct|pe-ct/, "counsellor"],
];

export function isPrescriber(typeId: string): boolean {
  return pathOf(typeId) === "prescriber";
}

const lettersByRegion: Record<string, Record<string, string>> = {
  "us-lpc-associate": {
    "US-CA": "APCC",
    "US-WA": "LMHCA",
    "US-FL": "RMHCI",
    "US-TX": "LPC Associate",
    "US-MD": "LGPC",
    "US-NC": "LCMHCA",
    "US-NJ": "LAC",
    "US-NY": "MHC-LP",
  },
  "us-mft-associate": {
    "US-CA": "AMFT",
    "US-NY": "MFT-LP",
    "US-TX": "LMFT Associate",
    "US-MN": "LAMFT",
  },
  "us-lmsw": {
    "US-CA": "ASW",
    "US-WA": "LSWAIC",
    "US-DC": "LGSW",
    "US-MN": "LGSW",
    "US-IL": "LSW",
    "US-NJ": "LSW",
    "US-OH": "LSW",
    "US-PA": "LSW",
  },
  "us-lmft": { "US-KS": "LCMFT", "US-MD": "LCMFT" },
};

const letters: Record<string, string> = {
  "us-lpc": "LPC",
  "us-lpc-associate": "LPC-A",
  "us-mft-associate": "LMFTA",
  "us-psychologist": "Licensed Psychologist",
  "us-psychiatrist": "MD",
  "gb-bacp": "MBACP (Accred)",
  "gb-hcpc-psych": "HCPC Practitioner Psychologist",
  "gb-hcpc-arts": "HCPC Arts Therapist",
  "gb-ncps": "MNCPS (Acc)",
  "gb-trainee": "Trainee, BACP student member",
  "gb-gmc-psych": "MRCPsych",
  "ca-psychologist": "RPsych",
  "ie-psi": "CPsychol PsSI",
  "au-psychologist": "Registered Psychologist",
  "au-aca": "ACA Level 3",
  "nz-psychotherapist": "Registered Psychotherapist",
  "de-pp": "Psychologische:r Psychotherapeut:in",
  "de-hpp": "Heilpraktiker:in für Psychotherapie",
  "de-aerztlich": "Fachärzt:in für Psychiatrie und Psychotherapie",
  "de-pia": "Psychotherapeut:in in Ausbildung",
  "nl-pt": "psychotherapeut BIG",
  "nl-kp": "klinisch psycholoog BIG",
  "nl-gz": "gz-psycholoog BIG",
};

/** Letters as the register of that place prints them. */
export function lettersOf(typeId: string, region: string | null): string {
  const type = findCredentialType(typeId);
  const here = region ?? "";
  return (
    lettersByRegion[typeId]?.[here] ??
    type?.abbreviationByRegion?.values[here] ??
    letters[typeId] ??
    type?.abbreviations[0] ??
    typeId
  );
}

/** Places nearby in which a second licence makes sense for work online. */
const neighbours: Record<string, string> = {
  AL: "GA FL TN",
  AK: "WA OR",
  AZ: "CA NV NM",
  AR: "TX MO TN",
  CA: "NV OR WA AZ",
  CO: "NM UT WY",
  CT: "NY MA",
  DE: "PA MD",
  DC: "MD VA",
  FL: "GA AL NY",
  GA: "FL SC NC",
  HI: "CA WA",
  ID: "WA OR MT",
  IL: "IN WI MO",
  IN: "IL OH",
  IA: "IL MN",
  KS: "MO CO",
  KY: "OH TN",
  LA: "TX MS",
  ME: "NH MA",
  MD: "DC VA PA",
  MA: "NH RI CT NY",
  MI: "OH IL",
  MN: "WI IA",
  MS: "LA TN",
  MO: "KS IL",
  MT: "ID WY",
  NE: "IA CO",
  NV: "CA UT AZ",
  NH: "MA VT ME",
  NJ: "NY PA",
  NM: "TX CO AZ",
  NY: "NJ CT PA MA",
  NC: "SC VA",
  ND: "MN MT",
  OH: "PA MI IN",
  OK: "TX KS",
  OR: "WA CA ID",
  PA: "NJ NY DE",
  RI: "MA CT",
  SC: "NC GA",
  SD: "MN NE",
  TN: "KY GA",
  TX: "NM OK LA",
  UT: "NV CO ID",
  VT: "NH MA NY",
  VA: "DC MD NC",
  WA: "OR ID CA",
  WV: "OH PA VA",
  WI: "MN IL",
  WY: "CO MT",
  PR: "FL NY",
};

export function neighboursOf(region: string): string[] {
  const list = neighbours[region.slice(3)];
  return region.startsWith("US-") && list ? list.split(" ").map((code) => `US-${code}`) : [];
}

/** Other regions where a compact's authority is really given; a law alone is not enough. */
export function compactRegions(compactId: string, home: string): string[] {
  if (!operational(compactId, home)) return [];
  const reach = neighboursOf(home);
  return [...reach, ...far].filter((code) => code !== home && operational(compactId, code));
}

const far = [
  "US-TX",
  "US-FL",
  "US-CO",
  "US-AZ",
  "US-IL",
  "US-WA",
  "US-GA",
  "US-MN",
  "US-OH",
  "US-NV",
];

function operational(compactId: string, region: string): boolean {
  const compacts = findRegion(region)?.compacts ?? [];
  return compacts.some((each) => each.compact === compactId && each.status === "operational");
}
