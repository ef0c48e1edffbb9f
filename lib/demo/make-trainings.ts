import { type CatalogueTraining, listTrainingCatalogue } from "#lib/reference/queries.ts";
import { addDays } from "#lib/vetting/rules.ts";
import { yearOf } from "./days.ts";
import type { Draw } from "./draw.ts";
import type { Portrait } from "./portrait.ts";
import type { TrainingRow } from "./rows.ts";

/** What they have done to learn about sex work: courses of the catalogue, and less formal ways. */
export function makeTrainings(portrait: Portrait): TrainingRow[] {
  const draw = portrait.draw("trainings");
  const wanted = draw.weighted({ 0: 6, 1: 34, 2: 36, 3: 18, 4: 6 });
  const courses = draw
    .some(coursesFor(portrait), Number(wanted))
    .map((course) => courseRow(course, portrait, draw));
  const rows = draw.chance(0.35) ? [...courses, informal(portrait, draw)] : courses;
  return rows.map((row, position) => ({
    id: `${portrait.id}-t${position + 1}`,
    therapistId: portrait.id,
    ...row,
  }));
}

type Row = Omit<TrainingRow, "id" | "therapistId">;

/** Courses that were held near them or online. */
function coursesFor({ country }: Portrait): CatalogueTraining[] {
  const near: Record<string, RegExp> = {
    AU: /Australia/,
    GB: /UK|Europe/,
    IE: /UK|Europe/,
    DE: /Europe/,
    NL: /Europe/,
  };
  const here = near[country] ?? /US/;
  return listTrainingCatalogue().filter(({ region }) => here.test(region) || /online/.test(region));
}

function courseRow(course: CatalogueTraining, portrait: Portrait, draw: Draw): Row {
  const led = course.kinds.some(
    (kind) => kind === "lived-experience-led" || kind === "community-led",
  );
  return {
    catalogueId: course.id,
    kind: course.kinds[0] ?? "other",
    provider: course.provider,
    title: course.title,
    hours: course.hours ?? draw.int(2, 6),
    year: heldIn[course.id] ?? yearOf(portrait.today) - draw.int(0, Math.min(6, portrait.years)),
    workerLed: led ? "yes" : draw.weighted({ unknown: 6, no: 4 }),
    evidence: draw.weighted({ none: 30, provided: 22, seen: 34, "confirmed-by-provider": 14 }),
    expiresOn:
      course.id === "ecc" && draw.chance(0.3) ? addDays(portrait.today, draw.int(100, 900)) : null,
  };
}

/** Single events happened once; the others were given again and again. */
const heldIn: Record<string, number> = {
  "pink-therapy-2018": 2018,
  "tcspp-sw101": 2024,
  "vhhital-vixen-decrim": 2024,
};

const informalWays: readonly Row[] = [
  {
    kind: "supervision-consultation",
    provider: "A consultant with sex work experience",
    title: "Monthly consultation on work with sex workers",
    hours: 12,
    year: 0,
    workerLed: "yes",
  },
  {
    kind: "self-study",
    provider: "On their own",
    title: "Read the book by Burnes and Dawson on affirming therapy with sex workers",
    hours: 10,
    year: 0,
    workerLed: "unknown",
  },
  {
    kind: "lived-experience-led",
    provider: "A local group led by sex workers",
    title: "Afternoon for health workers: what helps and what harms",
    hours: 4,
    year: 0,
    workerLed: "yes",
  },
  {
    kind: "academic-course",
    provider: "University continuing education",
    title: "Sexuality, labour and law",
    hours: 30,
    year: 0,
    workerLed: "no",
  },
  {
    kind: "supervision-consultation",
    provider: "Peer consultation group",
    title: "Quarterly reading and case group",
    hours: 8,
    year: 0,
    workerLed: "no",
  },
];

function informal(portrait: Portrait, draw: Draw): Row {
  const year = yearOf(portrait.today) - draw.int(0, Math.min(5, portrait.years));
  return { ...draw.pick(informalWays), year, evidence: draw.chance(0.2) ? "provided" : "none" };
}
