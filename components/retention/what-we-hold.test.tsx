import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { listPersonalClasses } from "#lib/retention/classes.ts";
import { locales, wordsFor } from "#lib/words/labels.ts";
import type { Page } from "../ui/page.ts";
import { WhatWeHold } from "./what-we-hold.tsx";

test.each(locales)("in %s: a row for each class, with the days that the jobs go by", (locale) => {
  const page = wordsFor(locale) as Page;
  const classes = listPersonalClasses();
  const html = renderToStaticMarkup(<WhatWeHold page={page} classes={classes} />);
  const rows = html.split("<tr>").slice(2);
  expect(rows).toHaveLength(classes.length);
  for (const [at, { days }] of classes.entries()) {
    const said = [...(rows[at] ?? "").replaceAll(/&#\w+;/g, "").matchAll(/\d+/g)].map(([number]) =>
      Number(number),
    );
    expect(said).toEqual(days === null ? [] : [days]);
  }
});
