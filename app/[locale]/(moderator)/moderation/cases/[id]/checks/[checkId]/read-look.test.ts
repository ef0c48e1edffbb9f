import { describe, expect, test } from "vitest";
import type { CaseDocument } from "#lib/case-files/load-documents.ts";
import type { Look } from "#lib/case-files/load-looks.ts";
import { found } from "../../../../../../../../tests/support/moderate.ts";
import { readLook } from "./read-look.ts";

const today = "2026-11-20";
const document = { id: "d", sha256: "hash", storageRef: "ref" } as CaseDocument;
const typed = {
  action: "verify",
  code: "source-match",
  reason: "The board has them.",
  authority: "A board",
  sourceType: "primary",
  method: "manual",
  sourceUrl: "https://register.example/1",
  sourceAsOf: "2026-11-19",
  sourceStatus: "ACTIVE",
  expiresOn: "2027-01-31",
};
const read = (change: Record<string, string>, claimType: Look["claimType"] = "credential") =>
  readLook(
    Object.fromEntries(
      Object.entries({ ...typed, ...change }).map(([name, value]) => [name, [value]]),
    ),
    { claimType } as Look,
    [document],
    today,
  );
const wrong = (change: Record<string, string>, claimType?: Look["claimType"]) => {
  const look = read(change, claimType);
  return look.ok ? [] : Object.keys(look.errors).toSorted();
};

test("a look that is whole becomes a decision and its record", () => {
  expect(read({ document: "d" })).toEqual({
    ok: true,
    value: {
      action: "verify",
      code: "source-match",
      reason: "The board has them.",
      record: found({
        authority: "A board",
        sourceUrl: "https://register.example/1",
        method: "manual",
        sourceAsOf: "2026-11-19",
        sourceStatus: "ACTIVE",
        expiresOn: "2027-01-31",
        checkedOn: today,
        evidenceHash: "hash",
        evidenceRef: "ref",
      }),
    },
  });
});

describe("all that is wrong comes back at once", () => {
  test.each([
    [{ reason: "", authority: "" }, ["authority", "reason"]],
    [{ code: "not-found" }, ["code"]],
    [{ action: "nothing of ours", sourceType: "" }, ["action", "sourceType"]],
    [{ action: "verify-with-conditions", code: "" }, ["code", "conditions"]],
    [{ sourceStatus: "", expiresOn: "2026-01-01" }, ["expiresOn", "sourceStatus"]],
    [{ expiresOn: "soon" }, ["expiresOn"]],
  ])("%o", (change, names) => {
    expect(wrong(change)).toEqual(names);
  });

  test("who someone is, is asked through a contact that the register gives", () => {
    expect(wrong({}, "identity")).toEqual(["method"]);
    expect(wrong({ method: "call-back" }, "identity")).toEqual([]);
  });
});

test("where the source was silent there is nothing to write down but why", () => {
  const silent = { action: "source-down", code: "source-down", authority: "", sourceType: "" };
  expect(read(silent)).toMatchObject({ ok: true, value: { record: null } });
  expect(wrong({ ...silent, reason: "" })).toEqual(["reason"]);
});

test("a document that is none of the case is none of the record", () => {
  expect(read({ document: "another" })).toMatchObject({
    ok: true,
    value: { record: { evidenceHash: null, evidenceRef: null } },
  });
});
