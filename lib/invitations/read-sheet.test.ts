import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { SetupError } from "#lib/errors.ts";
import { checkSheet } from "./check-sheet.ts";
import { readRow } from "./read-row.ts";
import { readSheet, type SheetRow } from "./read-sheet.ts";
import { columnNames } from "./schema.ts";

const folder = mkdtempSync(join(tmpdir(), "parasol-sheets-"));
const path = join(folder, "people.csv");

afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(bytes: string | Uint8Array): Promise<SheetRow[]> {
  writeFileSync(path, bytes);
  const all = await checkSheet(path);
  const rows = await collect(path);
  expect(rows).toHaveLength(all);
  return rows;
}

async function collect(sheet: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readSheet(sheet)) rows.push(row);
  return rows;
}

const named = (rows: SheetRow[]) =>
  rows.map(({ row, cells }) => [row, cells.email, cells.display_name]);

const ana = [[2, "a@mail.example", "Ana, Ruiz"]];

test.each([
  ["commas", 'email,display_name\na@mail.example,"Ana, Ruiz"\n'],
  ["semicolons", "email;display_name\na@mail.example;Ana, Ruiz\n"],
  ["tabs", "email\tdisplay_name\na@mail.example\tAna, Ruiz\n"],
  ["a byte order mark", '\ufeff"email","display_name"\na@mail.example,"Ana, Ruiz"\n'],
  ["line ends of Windows", 'email,display_name\r\na@mail.example,"Ana, Ruiz"\r\n'],
  ["line ends of old Macs", 'email,display_name\ra@mail.example,"Ana, Ruiz"\r'],
  ["no line end at the end", 'email,display_name\na@mail.example,"Ana, Ruiz"'],
  ["another order", 'display_name,email\n"Ana, Ruiz",a@mail.example\n'],
  ["quoted headings", '"email","Display Name"\na@mail.example,"Ana, Ruiz"\n'],
  ["spaces around", 'email,display_name\n  a@mail.example  ,"  Ana, Ruiz  "\n'],
  ["cells left off", 'email,display_name,city,region\na@mail.example,"Ana, Ruiz"\n'],
  ["blank cells on the right", 'email,display_name,,\na@mail.example,"Ana, Ruiz",, ,\n'],
])("a sheet with %s is read", async (_, text) => {
  const rows = await rowsOf(text);
  expect(named(rows)).toEqual(ana);
  expect(rows[0]?.strays).toEqual([]);
});

test("rows are numbered as in a spreadsheet, over blank rows and lines within cells", async () => {
  const rows = await rowsOf(
    'email,display_name\na@mail.example,"Ana\nRuiz"\n,\n\nb@mail.example,"Bo ""B"""\n',
  );
  expect(named(rows)).toEqual([
    [2, "a@mail.example", "Ana\nRuiz"],
    [5, "b@mail.example", 'Bo "B"'],
  ]);
});

test("texts in cells without a heading are told of", async () => {
  const [row] = await rowsOf("email,display_name\na@mail.example,Ana,555,x\n");
  expect(row?.strays).toEqual(["555", "x"]);
});

test("formulas are texts like any other, and a cell can be long", async () => {
  const long = "x".repeat(10_000);
  const rows = await rowsOf(`email,display_name\n=cmd|' /C calc'!A0,${long}\n`);
  expect(named(rows)).toEqual([[2, "=cmd|' /C calc'!A0", long]]);
});

describe("refused as a whole, in words:", () => {
  const latin = (text: string) => Buffer.from(text, "latin1");
  test.each<[string, string | Uint8Array, string[]]>([
    ["nothing at all", "", ["The sheet is empty"]],
    [
      "an unknown column",
      "email,display_name,phone\n",
      ["no column “phone”", "There can be: email,"],
    ],
    ["missing columns", "city\n", ["email is missing", "display_name is missing"]],
    ["a column twice", "email,display_name,email\n", ["email is there twice"]],
    [
      "Windows-1252",
      latin("email,display_name\na@b.example,Ana\nj@b.example,José\n"),
      ["Line 3", "“j@b.example,José”", "CSV UTF-8"],
    ],
    ["UTF-16", Buffer.from("\ufeffemail,display_name\n", "utf16le"), ["UTF-16"]],
    ["a workbook", Buffer.from("PK\u0003\u0004rest"), ["a workbook"]],
    [
      "a quote within a cell",
      'email,display_name\na@b.example,Ana "A" R\nb@b.example,Bo\n',
      ["quotes in row 2 do", "line 2"],
    ],
    ["letters after a quote", 'email,display_name\na@b.example,"Ana" R\n', ["quotes in row 2 do"]],
    [
      "a quote that never ends",
      'email,display_name\na@b.example,Ana\nb@b.example,"Bo\nc@b.example,Cy\n',
      ["quotes in row 3 do"],
    ],
    [
      "a row without end",
      `email,display_name\na@b.example,"${"x\n".repeat(150_000)}`,
      ["quotes in row 2 do"],
    ],
  ])("%s", async (_, bytes, words) => {
    const refusal = await rowsOf(bytes).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SetupError);
    for (const part of words) expect((refusal as Error).message).toContain(part);
  });

  test("no file", async () => {
    await expect(checkSheet(join(folder, "nowhere.csv"))).rejects.toThrow(
      "cannot be read (ENOENT)",
    );
    await expect(checkSheet(folder)).rejects.toThrow("cannot be read (EISDIR)");
  });
});

test("whatever bytes a file has, it is read or refused in words", async () => {
  const begun = "email,display_name\n";
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isBegun) => {
      writeFileSync(path, isBegun ? Buffer.concat([Buffer.from(begun), bytes]) : bytes);
      const outcome = await checkSheet(path).catch((error: unknown) => error);
      if (typeof outcome !== "number") expect(outcome).toBeInstanceOf(SetupError);
    }),
  );
});

test("what is written with quotes comes back letter by letter", async () => {
  const cell = fc
    .string({ unit: "grapheme", maxLength: 40 })
    .filter((text) => !/\r(?!\n)/.test(text));
  await fc.assert(
    fc.asyncProperty(cell, fc.constantFrom(",", ";", "\t"), async (text, delimiter) => {
      const quotedText = `"${text.replaceAll('"', '""')}"`;
      const lines = [
        ["email", "display_name"],
        ["a@mail.example", quotedText],
      ];
      const [row] = await rowsOf(lines.map((cells) => cells.join(delimiter)).join("\n"));
      expect(row?.cells.display_name).toBe(text.trim());
    }),
  );
});

test("50,000 rows of 1,000 letters are read with a heap of 24 MB", {
  timeout: 60_000,
}, async () => {
  const cells = `@mail.example,Ana Ruiz,${"x".repeat(1000)}\n`;
  const rows = Array.from({ length: 50_000 }, (_, position) => position + cells);
  writeFileSync(path, `email,display_name,headline\n${rows.join("")}`);
  const module = new URL("check-sheet.ts", import.meta.url).href;
  const counting = `console.log(await (await import("${module}")).checkSheet("${path}"))`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--max-old-space-size=24", "-e", counting]);
  expect(stdout.trim()).toBe("50000");
});

test("the sample sheet has every column, and nothing in it is wrong", async () => {
  const sample = fileURLToPath(new URL("../../db/seed/import-sample.csv", import.meta.url));
  expect(await checkSheet(sample)).toBe(2);
  const rows = await collect(sample);
  for (const column of columnNames) expect(rows[0]?.cells[column], column).not.toBe("");
  for (const { cells } of rows) expect(await readRow(cells)).toHaveProperty("entry");
});
