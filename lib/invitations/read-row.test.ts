import { expect, test } from "vitest";
import { readRow } from "./read-row.ts";
import { type Cells, type ColumnName, columnNames, columns, type Problem } from "./schema.ts";

const least = { email: "ana@mail.example", display_name: "Ana Ruiz" };
const blank = Object.fromEntries(columnNames.map((name) => [name, ""])) as Cells;

const read = (cells: Partial<Cells>) => readRow({ ...blank, ...least, ...cells });

async function problemsOf(cells: Partial<Cells>): Promise<readonly Problem[]> {
  const reading = await read(cells);
  return "problems" in reading ? reading.problems : [];
}

test("an address and a name are enough", async () => {
  expect(await read({})).toEqual({
    entry: {
      email: "ana@mail.example",
      displayName: "Ana Ruiz",
      locale: "en",
      pronouns: null,
      headline: null,
      website: null,
      place: null,
      terms: [],
      credential: null,
    },
  });
});

test("the examples of the help are right, all together", async () => {
  const examples = Object.fromEntries(columnNames.map((name) => [name, columns[name].example]));
  expect(await problemsOf(examples)).toEqual([]);
});

test("ids and names in both languages mean the same, and count once", async () => {
  const all = ["emdr", "EMDR", "Terapia de esquemas", "schema therapy", "SCHEMA"];
  expect(
    await read({ modalities: all.join(";"), language: "Español", languages: "Deutsch" }),
  ).toMatchObject({
    entry: {
      locale: "es",
      terms: [
        { kind: "language", id: "de" },
        { kind: "modality", id: "emdr" },
        { kind: "modality", id: "schema" },
      ],
    },
  });
});

test.each<[Partial<Cells>, object]>([
  [
    { credential_type: "lmft", licence_number: "T1", licence_region: "us-or" },
    { typeId: "us-lmft", jurisdiction: "US-OR", letters: "LMFT", number: "T1", expiresOn: null },
  ],
  [
    { credential_type: "us-lpc", licence_number: "1", licence_region: "US-CA" },
    { letters: "LPCC" },
  ],
  [
    { credential_type: "lmhc", licence_number: "1", licence_region: "US-NY" },
    { typeId: "us-lpc", letters: "LMHC" },
  ],
  [
    { credential_type: "AASECT CST", licence_number: "9" },
    { typeId: "cert-aasect-cst", jurisdiction: null },
  ],
])("%j is a licence", async (cells, credential) => {
  expect(await read(cells)).toMatchObject({ entry: { credential } });
});

const licence = { credential_type: "LMFT", licence_number: "T1", licence_region: "US-OR" };

test.each<[string, Partial<Cells>, ColumnName, Partial<Problem>]>([
  ["no address", { email: "" }, "email", { found: "" }],
  ["two addresses", { email: "a@mail.example, b@mail.example" }, "email", {}],
  ["a formula for an address", { email: "=1+1" }, "email", { found: "=1+1" }],
  ["no name", { display_name: "" }, "display_name", { found: "" }],
  ["too long a name", { display_name: "x".repeat(121) }, "display_name", {}],
  ["a cell of 10,000 characters", { headline: "x".repeat(10_000) }, "headline", {}],
  ["a name on two lines", { display_name: "Ana\nRuiz" }, "display_name", {}],
  ["a scrambled name", { display_name: "JosÃ©" }, "display_name", { hint: "José" }],
  ["a language without mails", { language: "fr" }, "language", {}],
  ["a town alone", { city: "Portland" }, "region", {}],
  ["a region alone", { region: "US-OR" }, "city", {}],
  ["a region by its name", { city: "Portland", region: "Oregon" }, "region", { hint: "US-OR" }],
  ["an unknown region", { city: "Portland", region: "US-XX" }, "region", {}],
  [
    "a town elsewhere",
    { city: "Chicago", region: "US-OR" },
    "city",
    { expected: "a town of Oregon that we know" },
  ],
  ["a slip in a town", { city: "Portlnd", region: "US-OR" }, "city", { hint: "Portland" }],
  [
    "a slip in a town whose region is called like a town",
    { city: "Bufalo", region: "US-NY" },
    "city",
    { found: "Bufalo" },
  ],
  [
    "a slip in a method",
    { modalities: "emdr; Schema theraphy" },
    "modalities",
    { found: "Schema theraphy", hint: "Schema therapy" },
  ],
  ["commas in a list", { formats: "video, phone" }, "formats", { found: "video, phone" }],
  ["an arrangement as format", { formats: "couple" }, "formats", {}],
  ["nine languages", { languages: "en;es;fr;pt;de;nl;it;ca;ro" }, "languages", {}],
  ["a licence without number", { ...licence, licence_number: "" }, "licence_number", {}],
  ["a licence without place", { ...licence, licence_region: "" }, "licence_region", {}],
  ["a number without licence", { licence_number: "T1" }, "credential_type", {}],
  ["a day alone", { licence_expires: "2027-03-31" }, "credential_type", {}],
  [
    "a licence of elsewhere",
    { ...licence, licence_region: "GB-ENG" },
    "credential_type",
    { expected: "a licence or register that there is in England" },
  ],
  [
    "letters of two licences",
    { ...licence, credential_type: "LAC" },
    "credential_type",
    { hint: "us-lpc-associate, us-addiction-counselor" },
  ],
  [
    "an unknown licence",
    { ...licence, credential_type: "Guru" },
    "credential_type",
    { found: "Guru" },
  ],
  ["a day of Excel", { ...licence, licence_expires: "31/03/2027" }, "licence_expires", {}],
  ["a day that never was", { ...licence, licence_expires: "2027-02-30" }, "licence_expires", {}],
  ["the year 0", { ...licence, licence_expires: "0000-01-01" }, "licence_expires", {}],
  [
    "an address without https",
    { website: "ana.example" },
    "website",
    { hint: "https://ana.example" },
  ],
  ["a script for a website", { website: "javascript:alert(1)" }, "website", {}],
])("%s is told of", async (_, cells, column, problem) => {
  expect(await problemsOf(cells)).toEqual([expect.objectContaining({ column, ...problem })]);
});

test("everything that is wrong is told of, not only the first", async () => {
  const problems = await problemsOf({
    email: "ana",
    formats: "vidoe; fax",
    licence_expires: "soon",
    website: "x",
  });
  expect(problems.map(({ column }) => column)).toEqual([
    "email",
    "website",
    "formats",
    "formats",
    "licence_expires",
    "credential_type",
  ]);
});
