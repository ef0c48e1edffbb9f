import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { PublicNumbers } from "#lib/numbers/queries.ts";
import { numberGroups, series } from "#lib/numbers/rules.ts";
import { locales, wordsFor } from "#lib/words/labels.ts";
import type { Page } from "../ui/page.ts";
import { NumbersView } from "./numbers-view.tsx";

const pageIn = (locale: "en" | "es"): Page => ({
  ...wordsFor(locale),
  today: "2027-02-23",
  path: "/how-we-vet/numbers",
  href: (path) => path,
  term: (_kind, id) => id,
  region: (code) => code,
  place: (city, region) => `${city}, ${region}`,
  site: { name: "Parasol", exitUrl: "https://exit.example/", demo: false, stylesheet: "/s.css" },
});

const months = ["2026-10", "2026-11", "2026-12"];
const nothing = { half: null, nine: null };

const quiet: PublicNumbers = {
  year: 2026,
  years: [2026],
  months,
  whole: true,
  waiting: { months: months.map(() => nothing), total: nothing },
  groups: numberGroups.map((group) => ({
    group,
    rows: series[group].map((id) => ({ id, months: [null, null, null], total: null })),
  })),
};

const busy: PublicNumbers = {
  ...quiet,
  years: [2027, 2026],
  waiting: {
    months: [nothing, { half: 4, nine: null }, { half: 6, nine: 21 }],
    total: { half: 5, nine: 20 },
  },
  groups: quiet.groups.map(({ group, rows }) => ({
    group,
    rows: rows.map((row) =>
      row.id === "accept"
        ? { ...row, months: [7, null, 1200], total: null }
        : row.id === "hide"
          ? { ...row, months: [5, 6, 7], total: 18 }
          : { ...row, total: row.id === "suspend" ? 6 : null },
    ),
  })),
};

const draw = (numbers: PublicNumbers | null, locale: "en" | "es" = "en") =>
  renderToStaticMarkup(<NumbersView page={pageIn(locale)} numbers={numbers} />);

const figuresIn = (html: string) => html.match(/<figure>.*?<\/figure>/g) ?? [];
const cellsOf = (figure: string) =>
  [...figure.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map(
    ([, head, cells = ""]) => [
      head,
      ...[...cells.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell),
    ],
  );

test("a new directory says that there are no numbers yet", () => {
  const html = draw(null);
  expect(html).toContain("There are no numbers yet.");
  expect(html).not.toContain("<svg");
});

test("what happened too seldom is named, and neither drawn nor counted", () => {
  const html = draw(quiet);
  expect(html).not.toContain("<figure");
  expect(html.match(/Fewer than 5 in each month:/g)).toHaveLength(numberGroups.length);
  for (const id of Object.values(series).flat()) {
    expect(html).toContain(wordsFor("en").t(`numbers.series.${id}`));
  }
});

test("what is seldom in each month can still be said of the year", () => {
  expect(draw(busy)).toContain("<li>Suspended <small>6 in 2026</small></li>");
  expect(draw(busy)).toContain("<li>Put up again </li>");
});

describe.each(locales)("in %s each chart", (locale) => {
  const figures = figuresIn(draw(busy, locale));

  test("is there for what can be said", () => {
    expect(figures).toHaveLength(3);
  });

  test.each([0, 1, 2])("has a title and a description (%i)", (index) => {
    const figure = figures[index] ?? "";
    const [, ids = ""] = /role="img" aria-labelledby="([^"]+)"/.exec(figure) ?? [];
    const [title, description] = ids.split(" ");
    expect(figure).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`));
    expect(figure).toMatch(new RegExp(`<desc id="${description}">[^<]+</desc>`));
    expect(figure).not.toMatch(/[{}]|numbers\.|undefined|NaN/);
    expect(figure).not.toMatch(/style=|fill=|<script/);
  });

  test.each([0, 1, 2])("has its table behind it (%i)", (index) => {
    const figure = figures[index] ?? "";
    expect(figure).toMatch(/<details><summary>[^<]+<\/summary><table><caption>/);
    expect(cellsOf(figure)).toHaveLength(months.length + 1);
  });
});

test("the table says what the chart shows, and hides what is small", () => {
  const [waiting = "", accepted = "", hidden = ""] = figuresIn(draw(busy));
  expect(cellsOf(waiting)).toEqual([
    ["Oct 2026", "too few to say", "too few to say"],
    ["Nov 2026", "4 days", "too few to say"],
    ["Dec 2026", "6 days", "21 days"],
    ["Whole year", "5 days", "20 days"],
  ]);
  expect(cellsOf(accepted)).toEqual([
    ["Oct 2026", "7"],
    ["Nov 2026", "fewer than 5"],
    ["Dec 2026", "1,200"],
    ["Whole year", "not said"],
  ]);
  expect(cellsOf(hidden).at(-1)).toEqual(["Whole year", "18"]);
  expect(hidden).toContain("18 in 2026");
});

test("a hidden month is drawn alike whatever it holds, and is no bar by colour alone", () => {
  const [, accepted = ""] = figuresIn(draw(busy));
  const shapes = [...accepted.matchAll(/<rect class="([\w-]+)"[^>]* height="([\d.]+)"/g)];
  expect(shapes.map(([, name]) => name)).toEqual(["bar", "bar-hidden", "bar"]);
  for (const [, , height] of shapes) expect(Number(height)).toBeGreaterThan(0);
  const [waiting = ""] = figuresIn(draw(busy));
  expect(waiting).toMatch(/<circle class="dot"/);
  expect(waiting).toMatch(/<path class="diamond"/);
});

test("other years are a link away, and a year that goes on has no sum", () => {
  const html = draw({ ...busy, year: 2027, whole: false });
  expect(html).toContain('href="/how-we-vet/numbers/2026"');
  expect(html).toContain('href="/how-we-vet/numbers/2027" aria-current="page"');
  expect(html).not.toContain("Whole year");
  expect(draw(quiet)).not.toContain("/how-we-vet/numbers/");
});
