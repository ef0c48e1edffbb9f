import { expect, it } from "vitest";
import { personas } from "#db/seed/personas.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { prepareDirectory } from "./prepare-directory.ts";

const database = testDatabase();

const count = async (table: "people" | "reference_terms") =>
  Number((await database.sql`select count(*) as n from ${database.sql(table)}`)[0]?.n);

it("loads the reference data alone where no demo is asked for", async () => {
  const result = await prepareDirectory(database.url, { demo: false });
  expect(result).toEqual({ seeded: false, therapists: 0 });
  expect(await count("people")).toBe(0);
  expect(await count("reference_terms")).toBeGreaterThan(300);
});

it("makes the personas and 300 therapists on an empty database, once", async () => {
  const listings = personas.filter(({ listing }) => listing).length;
  const lines: string[] = [];
  const first = await prepareDirectory(database.url, {
    demo: true,
    onProgress: (line) => lines.push(line),
  });
  expect(first).toEqual({ seeded: true, therapists: 300 + listings });
  expect(lines).toEqual(["300 of 300 therapists"]);
  expect(await count("people")).toBe(300 + personas.length);
  const again = await prepareDirectory(database.url, { demo: true });
  expect(again).toEqual({ seeded: false, therapists: 300 + listings });
});
