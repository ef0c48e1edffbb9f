import { expect, test } from "vitest";
import { safeCell } from "./rules.ts";

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])(
  "no spreadsheet takes %j for a formula",
  (text) => {
    expect(safeCell(text).replace(/^"/, "")).toMatch(/^'/);
  },
);

test("what is plain stays as it is", () => {
  expect(safeCell("ana@mail.example")).toBe("ana@mail.example");
  expect(safeCell('a "b", c')).toBe('"a ""b"", c"');
});
