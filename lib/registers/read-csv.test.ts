import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv } from "../../tests/support/register-servers.ts";
import { type CsvShape, readCsv } from "./read-csv.ts";

const shape = { delimiter: ",", encoding: "utf-8", headings: ["NAME", "STATUS"] };

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rows(file: string | Uint8Array, change: Partial<CsvShape> = {}, size = 7) {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const all: Record<string, string>[] = [];
  for await (const row of readCsv(inPieces(bytes, size), { ...shape, ...change })) all.push(row);
  return all;
}

test("any cells come through, whatever stands in them and wherever the pieces break", async () => {
  const text = fc.string({
    unit: fc.constantFrom('"', ",", ";", "\n", "\r", "é", "日", "👩🏽", "a", " "),
  });
  const row = fc.record({ NAME: text, STATUS: text });
  await fc.assert(
    fc.asyncProperty(fc.array(row), fc.integer({ min: 1, max: 40 }), async (all, size) => {
      const file = csv(
        ["STATUS", "MORE", "NAME"],
        all.map((each) => [each.STATUS, "x", each.NAME]),
      );
      const trimmed = all.map(({ NAME, STATUS }) => ({ NAME: NAME.trim(), STATUS: STATUS.trim() }));
      expect(await rows(file, {}, size)).toEqual(trimmed);
    }),
  );
});

test("whatever bytes there are, they are rows or a clear word", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
      const file = Buffer.concat([Buffer.from("NAME,STATUS\n"), noise]);
      const read = await rows(file).catch((error) => error.message);
      if (typeof read === "string") expect(read).toMatch(/^malformed (row \d+|encoding)$/);
      else for (const row of read) expect(JSON.stringify(row)).not.toContain("\\u0000");
    }),
  );
});

describe("says what is wrong", () => {
  test.each<[string, string | Uint8Array, Partial<CsvShape>]>([
    ["empty", "", {}],
    ["wrong-columns STATUS", "NAME,STATE\nRuiz,Active\n", {}],
    ["wrong-columns NAME, STATUS", "NAME;STATUS\nRuiz;Active\n", {}],
    ["wrong-columns NAME", "NAME,STATUS,NAME\n1,2,3\n", {}],
    ["wrong-columns NAME, STATUS", "<h1>Down for maintenance</h1>", {}],
    ["malformed row 3", "NAME,STATUS\nRuiz,Active\nDoe\n", {}],
    ["malformed row 2", 'NAME,STATUS\n"Ruiz,Active\n', {}],
    ["malformed row 2", `NAME,STATUS\n"${"x".repeat(200_000)}",Active\n`, {}],
    ["malformed encoding", Buffer.from("NAME,STATUS\nMuñoz,Active\n", "latin1"), {}],
  ])("%s", async (why, file, change) => {
    await expect(rows(file, change)).rejects.toThrow(why);
  });
});

test("other delimiters and letters, and signs that no database holds", async () => {
  const file = Buffer.from("NAME;STATUS\nMuñoz;Active\n", "latin1");
  expect(await rows(file, { delimiter: ";", encoding: "windows-1252" })).toEqual([
    { NAME: "Muñoz", STATUS: "Active" },
  ]);
  expect(await rows("NAME,STATUS\nRu\0iz,Active\n")).toEqual([{ NAME: "Ruiz", STATUS: "Active" }]);
  expect(await rows("\ufeffNAME,STATUS\nRuiz,Active\n")).toEqual([
    { NAME: "Ruiz", STATUS: "Active" },
  ]);
});

test("whoever stops reading ends the source", async () => {
  let ended = false;
  async function* endless() {
    try {
      yield Buffer.from("NAME,STATUS\n");
      for (;;) yield Buffer.from("Ruiz,Active\n");
    } finally {
      ended = true;
    }
  }
  for await (const row of readCsv(endless(), shape)) {
    expect(row.NAME).toBe("Ruiz");
    break;
  }
  await expect.poll(() => ended).toBe(true);
});
