import { slugOf } from "#lib/profiles/rules.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { demoData } from "./data.ts";
import type { Draw } from "./draw.ts";
import { makeStatements } from "./make-statements.ts";
import { hasSlidingScale, makeModalities, makeTerms } from "./make-terms.ts";
import { fillIn, makeAbout, makeApproach, makeHeadline } from "./make-words.ts";
import { phoneNumber } from "./numbers.ts";
import type { Portrait } from "./portrait.ts";
import type { DemoRows } from "./rows.ts";
import { sentOn } from "./sent-on.ts";
import { situations } from "./situations.ts";

type ProfileRows = Pick<
  DemoRows,
  | "profileRevisions"
  | "revisionTerms"
  | "practiceLocations"
  | "practiceStatements"
  | "disclosureCards"
  | "contactWays"
>;

/** The revision that stands, and for those in the middle of an edit the open draft as well. */
export function makeProfile(portrait: Portrait): ProfileRows {
  const { revision: state } = situations[portrait.situation];
  const first = revisionRows(portrait, 1, state, makeHeadline(portrait));
  if (portrait.situation !== "editing") return first;
  const draft = revisionRows(portrait, 2, "draft", makeHeadline(portrait, "headline-draft"));
  return Object.fromEntries(
    Object.entries(first).map(([table, rows]) => [
      table,
      [...rows, ...draft[table as keyof ProfileRows]],
    ]),
  ) as ProfileRows;
}

function revisionRows(
  portrait: Portrait,
  number: number,
  state: "live" | "draft" | "submitted" | string,
  headline: string,
): ProfileRows {
  const revisionId = `${portrait.id}-r${number}`;
  const draw = portrait.draw("profile");
  const written = addDays(portrait.today, -draw.int(41, 700));
  const sent = sentOn(portrait);
  return {
    profileRevisions: [
      {
        id: revisionId,
        therapistId: portrait.id,
        number,
        state: state as "live",
        displayName: portrait.displayName,
        registerNameNote: registerNameNote(portrait, draw),
        pronouns: pronouns(portrait, draw),
        textLocale: portrait.writes,
        headline,
        approach: makeApproach(portrait, makeModalities(portrait)),
        about: makeAbout(portrait),
        ...feesOf(portrait),
        submittedAt: sent === null ? null : noon(sent),
        publishedOn: state === "live" ? written : null,
        createdAt: noon(number === 1 ? written : addDays(portrait.today, -3)),
      },
    ],
    revisionTerms: makeTerms(portrait).map((term) => ({ revisionId, ...term })),
    practiceLocations: locations(portrait, revisionId),
    practiceStatements: makeStatements(portrait).map((statement) => ({ revisionId, ...statement })),
    disclosureCards: [disclosure(portrait, revisionId)],
    contactWays: contacts(portrait, revisionId),
  };
}

/** Only with consent, and without the other name: the register shows that. */
function registerNameNote(portrait: Portrait, draw: Draw): string | null {
  if (!draw.chance(0.06)) return null;
  return portrait.writes === "es"
    ? "El registro público muestra otro nombre. Lo hemos comprobado."
    : "The public register shows another name for me. It has been checked.";
}

function pronouns(portrait: Portrait, draw: Draw): string | null {
  if (draw.chance(0.08)) return null;
  const said = draw.weighted(
    {
      f: { "she/her": 80, "she/they": 16, "they/she": 4 },
      m: { "he/him": 82, "he/they": 18 },
      n: { "they/them": 66, "she/they": 17, "he/they": 17 },
    }[portrait.gender] as Record<string, number>,
  );
  return portrait.writes === "es" ? (spanishPronouns[said] ?? said) : said;
}

const spanishPronouns: Record<string, string> = {
  "she/her": "ella",
  "she/they": "ella / elle",
  "they/she": "elle / ella",
  "he/him": "él",
  "he/they": "él / elle",
  "they/them": "elle",
};

const prices: Record<
  string,
  { currency: string; from: number; to: number; step: number; minutes: number }
> = {
  US: { currency: "USD", from: 110, to: 220, step: 5, minutes: 50 },
  GB: { currency: "GBP", from: 50, to: 90, step: 5, minutes: 50 },
  CA: { currency: "CAD", from: 120, to: 210, step: 5, minutes: 50 },
  AU: { currency: "AUD", from: 140, to: 250, step: 10, minutes: 50 },
  NZ: { currency: "NZD", from: 120, to: 190, step: 10, minutes: 50 },
  IE: { currency: "EUR", from: 60, to: 95, step: 5, minutes: 50 },
  DE: { currency: "EUR", from: 90, to: 140, step: 5, minutes: 50 },
  NL: { currency: "EUR", from: 95, to: 140, step: 5, minutes: 45 },
};

function feesOf(portrait: Portrait) {
  const draw = portrait.draw("fees");
  const price = prices[portrait.country];
  if (!price || draw.chance(0.04)) return {};
  const { from, to, step } = price;
  const level = { associate: 0.55, prescriber: 1.5, psychologist: 1.2 }[portrait.path] ?? 1;
  const dear = ["US-CA", "US-NY", "US-MA", "US-WA"].includes(portrait.place.region) ? 1.15 : 1;
  const feeMin = roundTo(draw.int(from, to) * level * dear, step);
  const slides = hasSlidingScale(portrait);
  return {
    feeMin,
    feeMax: feeMin + draw.pick([0, 0, step * 2, step * 4, step * 6]),
    feeCurrency: price.currency,
    feeMinutes: portrait.path === "prescriber" ? 45 : price.minutes,
    slidingMin: slides ? roundTo((feeMin * draw.int(35, 70)) / 100, step) : null,
    slidingPlacesOpen: slides ? draw.chance(0.6) : null,
  };
}

function locations(portrait: Portrait, revisionId: string): ProfileRows["practiceLocations"] {
  if (!portrait.formats.includes("in-person")) return [];
  const draw = portrait.draw("location");
  const { city, region, postcode, lat, lon } = portrait.place;
  const precision = draw.weighted({ city: 45, area: 42, exact: 13 });
  const shown = {
    city: { postcode: null, address: null },
    area: { postcode, address: null },
    exact: { postcode, address: `${draw.int(1, 99)} Demo Street, Room ${draw.int(1, 12)}` },
  }[precision];
  return [{ id: `${revisionId}-l1`, revisionId, precision, region, city, lat, lon, ...shown }];
}

function disclosure(
  portrait: Portrait,
  revisionId: string,
): ProfileRows["disclosureCards"][number] {
  const draw = portrait.draw("disclosure");
  const lines = demoData.disclosure[portrait.writes];
  const say = (choices: readonly string[], likely = 0.86) =>
    choices.length > 0 && draw.chance(likely) ? fillIn(draw.pick(choices), portrait, draw) : null;
  return {
    revisionId,
    reporting: say(lines.reporting[portrait.country] ?? lines.reporting.any ?? [], 0.96),
    notes: say(lines.notes),
    diagnosis: say(lines.diagnosis),
    legalName: say(lines.legalName),
    billingWords: say(lines.billingWords),
    subpoenas: say(lines.subpoenas, 0.75),
  };
}

/** Reserved names and numbers only (RFC 2606 and the regulators' lists): nobody can be reached. */
function contacts(portrait: Portrait, revisionId: string): ProfileRows["contactWays"] {
  const draw = portrait.draw("contacts");
  const host = `${portrait.slug}.example`;
  const phone = phoneNumber(portrait.place, portrait.id);
  const spanish = portrait.writes === "es";
  const ways: {
    kind: "email" | "phone" | "text" | "website" | "booking" | "signal";
    value: string;
    note: string | null;
  }[] = [{ kind: "email", value: `${slugOf(portrait.given)}@${host}`, note: null }];
  if (phone && draw.chance(0.55)) {
    const note = spanish
      ? "Contestador; digo solo mi apellido"
      : "Voicemail; I say only my surname";
    ways.push({ kind: "phone", value: phone, note: draw.chance(0.5) ? note : null });
  }
  if (phone && draw.chance(0.3)) {
    const note = spanish ? "Solo para fechas y horas" : "For dates and times only";
    ways.push({ kind: "text", value: phone, note });
  }
  if (phone && draw.chance(0.22)) ways.push({ kind: "signal", value: phone, note: null });
  if (draw.chance(0.7)) ways.push({ kind: "website", value: `https://www.${host}/`, note: null });
  if (draw.chance(0.3)) {
    const note = spanish ? "Cualquier nombre sirve" : "Any name will do";
    ways.push({ kind: "booking", value: `https://www.${host}/first-call`, note });
  }
  return ways.map((way, index) => ({
    id: `${revisionId}-w${index + 1}`,
    revisionId,
    position: index + 1,
    ...way,
  }));
}

export function noon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`);
}

function roundTo(amount: number, step: number): number {
  return Math.max(step, Math.round(amount / step) * step);
}
