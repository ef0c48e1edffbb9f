import { addDays } from "#lib/vetting/rules.ts";
import { endOfMonth } from "./days.ts";
import type { Draw } from "./draw.ts";
import { makeModalities } from "./make-terms.ts";
import { licenceNumber } from "./numbers.ts";
import type { Portrait } from "./portrait.ts";
import { compactRegions, lettersOf, neighboursOf } from "./professions.ts";
import type { CredentialRow } from "./rows.ts";
import { situations } from "./situations.ts";

/** The main licence, licences and compact privileges elsewhere, and certifications on top. */
export function makeCredentials(
  portrait: Portrait,
  trainingIds: readonly string[],
): CredentialRow[] {
  const draw = portrait.draw("credentials");
  const claims = [
    mainClaim(portrait, draw),
    // Someone whose right has lapsed must have no other that would keep them visible.
    ...(portrait.situation === "lapsed"
      ? []
      : [...elsewhere(portrait, draw), ...privileges(portrait, draw)]),
    ...certifications(portrait, trainingIds, draw),
  ];
  return claims.map((claim, position) => ({
    id: `${portrait.id}-k${position + 1}`,
    therapistId: portrait.id,
    ...claim,
  }));
}

type Claim = Omit<CredentialRow, "id" | "therapistId">;

function mainClaim(portrait: Portrait, draw: Draw): Claim {
  const { rightEnds } = situations[portrait.situation];
  const claim = licence(portrait, portrait.place.region, draw);
  const expiresOn = rightEnds ? addDays(portrait.today, draw.int(...rightEnds)) : claim.expiresOn;
  if (portrait.path !== "associate") return { ...claim, expiresOn };
  return { ...claim, expiresOn, supervised: true, supervisorName: supervisor(portrait, draw) };
}

function licence(portrait: Portrait, region: string, draw: Draw): Claim {
  const { credentialType: typeId, today, id } = portrait;
  const lasting = portrait.country === "DE";
  return {
    typeId,
    jurisdiction: region,
    basis: "own",
    letters: lettersOf(typeId, region),
    number: licenceNumber(typeId, region, id),
    expiresOn: lasting ? null : endOfMonth(addDays(today, draw.int(70, 690))),
  };
}

/** Licences next door, for people who move or meet online; some of them have lapsed. */
function elsewhere(portrait: Portrait, draw: Draw): Claim[] {
  const near = neighboursOf(portrait.place.region);
  if (portrait.path === "associate" || near.length === 0) return [];
  const wants = portrait.formats.includes("video") ? 0.4 : 0.1;
  if (!draw.chance(wants)) return [];
  return draw.some(near, draw.int(1, 2)).map((region) => {
    const claim = licence(portrait, region, draw);
    const lapsed = draw.chance(0.06)
      ? endOfMonth(addDays(portrait.today, -draw.int(35, 200)))
      : null;
    return lapsed ? { ...claim, expiresOn: lapsed } : claim;
  });
}

/**
 * Authorities under a compact, each a claim of its own, and only where they are really issued:
 * a region that has passed the law gives nobody a right.
 */
function privileges(portrait: Portrait, draw: Draw): Claim[] {
  const compactId = { "us-psychologist": "psypact", "us-lpc": "counseling" }[
    portrait.credentialType
  ];
  if (!compactId || !draw.chance(compactId === "psypact" ? 0.55 : 0.45)) return [];
  const regions = [...new Set(compactRegions(compactId, portrait.place.region))];
  const expiresOn = endOfMonth(addDays(portrait.today, draw.int(70, 360)));
  return draw
    .some(regions, compactId === "psypact" ? draw.int(3, 6) : draw.int(1, 2))
    .map((region) => ({
      typeId: portrait.credentialType,
      jurisdiction: region,
      basis: "compact-privilege",
      compactId,
      letters:
        compactId === "psypact"
          ? "PSYPACT APIT"
          : `${lettersOf("us-lpc", region)} (compact privilege)`,
      number:
        compactId === "psypact"
          ? numberOf("APIT", portrait, "APIT")
          : numberOf("CP", portrait, region),
      expiresOn,
    }));
}

function numberOf(prefix: string, portrait: Portrait, salt: string): string {
  return `${prefix}-${licenceNumber("compact", salt, portrait.id)}`;
}

/** By modality: the certification that often stands behind it, and how often. */
const certificationOf: Record<string, readonly [string, number]> = {
  emdr: ["cert-emdria", 0.5],
  "sex-therapy": ["cert-aasect-cst", 0.5],
  ifs: ["cert-ifs", 0.22],
  "somatic-experiencing": ["cert-sep", 0.55],
  gottman: ["cert-gottman", 0.3],
  "eft-couples": ["cert-iceeft", 0.3],
  dbt: ["cert-dbtlbc", 0.12],
};

function certifications(portrait: Portrait, trainingIds: readonly string[], draw: Draw): Claim[] {
  const wanted = makeModalities(portrait).flatMap((modality) => {
    const found = certificationOf[modality];
    return found && draw.chance(found[1]) ? [found[0]] : [];
  });
  if (portrait.credentialType === "us-lpc" && draw.chance(0.25)) wanted.push("cert-nbcc");
  if (trainingIds.includes("ecc") && draw.chance(0.6)) wanted.push("cert-ecc");
  if (portrait.country === "CA" && draw.chance(0.2)) wanted.push("ca-ccc");
  return wanted.map((typeId) => ({
    typeId,
    jurisdiction: null,
    letters: lettersOf(typeId, null),
    number: licenceNumber(typeId, null, portrait.id),
    expiresOn: draw.chance(0.6) ? endOfMonth(addDays(portrait.today, draw.int(60, 700))) : null,
  }));
}

function supervisor(portrait: Portrait, draw: Draw): string {
  const given = draw.pick([
    "Bernice",
    "Harold",
    "Lucinda",
    "Marguerite",
    "Octavio",
    "Philippa",
    "Winifred",
  ]);
  const family = draw.pick([
    "Aldercott",
    "Brightwater",
    "Castellan",
    "Dunnimore",
    "Eastwick",
    "Fennimore",
  ]);
  const letters = seniorLetters[portrait.country] ?? "";
  return `${given} ${family}${letters && `, ${letters}`}`;
}

const seniorLetters: Record<string, string> = {
  US: "LCSW",
  CA: "RP",
  GB: "MBACP (Snr Accred)",
  AU: "Registered Psychologist",
  DE: "PP",
};
