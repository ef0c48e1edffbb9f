import { regionName } from "#lib/reference/queries.ts";
import { addDays } from "#lib/vetting/rules.ts";
import { demoData } from "./data.ts";
import { monthName, yearOf } from "./days.ts";
import type { Draw } from "./draw.ts";
import type { Portrait } from "./portrait.ts";

const weekdays = {
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
  es: ["lunes", "martes", "miércoles", "jueves", "viernes"],
};
const places = { en: ["two", "three", "four", "five"], es: ["dos", "tres", "cuatro", "cinco"] };

/** Puts what is true of this therapist into the places that a sentence leaves open. */
export function fillIn(line: string, portrait: Portrait, draw: Draw): string {
  return line.replaceAll(/\{(\w+)\}/g, (slot, name: string) => fact(name, portrait, draw) ?? slot);
}

function fact(name: string, portrait: Portrait, draw: Draw): string | undefined {
  const { writes, today, years, place } = portrait;
  const since = yearOf(today) - years;
  if (name === "years") return String(years);
  if (name === "since") return String(since);
  if (name === "trained") {
    return String(Math.min(yearOf(today) - 1, since + draw.int(1, Math.max(1, years - 1))));
  }
  if (name === "place") return place.city;
  if (name === "region") return regionName(place.region, writes);
  if (name === "month") return monthName(addDays(today, -draw.int(5, 80)), writes);
  if (name === "weekday") return draw.pick(weekdays[writes]);
  if (name === "sliding") return draw.pick(places[writes]);
  if (name === "business") return `${portrait.family.split(" ")[0]} Consulting`;
  return undefined;
}

/** One line of their own, about the kind of work they do. */
export function makeHeadline(portrait: Portrait, part = "headline"): string {
  const draw = portrait.draw(part);
  const { headlines } = demoData.texts[portrait.writes];
  const own = headlines[portrait.archetype] ?? [];
  const any = headlines.any ?? [];
  return fillIn(draw.pick(own.length > 0 && draw.chance(0.72) ? own : any), portrait, draw);
}

export function makeAbout(portrait: Portrait): string {
  const draw = portrait.draw("about");
  const texts = demoData.texts[portrait.writes];
  const lines = [
    draw.pick(texts.aboutOpenings),
    draw.pick(texts.paths[portrait.path] ?? texts.paths.psychotherapist ?? []),
    ...draw.some(texts.aboutWork, draw.int(1, 2)),
    draw.pick(texts.aboutClosings),
  ];
  return lines.map((line) => fillIn(line, portrait, draw)).join(" ");
}

export function makeApproach(portrait: Portrait, modalities: readonly string[]): string {
  const draw = portrait.draw("approach");
  const texts = demoData.texts[portrait.writes];
  const methods = modalities.flatMap((id) => texts.approachModality[id] ?? []);
  const lines = [
    ...draw.some(texts.approachOpenings, draw.int(1, 2)),
    ...methods.slice(0, draw.int(2, 3)),
    draw.pick(texts.approachClosings),
  ];
  return lines.map((line) => fillIn(line, portrait, draw)).join(" ");
}
