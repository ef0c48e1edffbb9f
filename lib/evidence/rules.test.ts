import fc from "fast-check";
import { expect, test } from "vitest";
import { claimTypes, revisionStates } from "#db/vocabulary.ts";
import { documentsOf, mayAddEvidence, mayChangeEvidence, safeName } from "./rules.ts";

test.each([
  ["Certificate.PDF", "application/pdf", "Certificate.pdf"],
  ["scan.png", "image/jpeg", "scan.jpg"],
  ["C:\\Users\\legal name\\scan.jpeg", "image/jpeg", "scan.jpg"],
  ["../../etc/passwd", "application/pdf", "passwd.pdf"],
  ["invoice\u202Efdp.exe", "application/pdf", "invoicefdp.pdf"],
  ['a"b\r\nSet-Cookie: x.pdf', "application/pdf", "a_bSet-Cookie_ x.pdf"],
  ["título número 1.pdf", "application/pdf", "título número 1.pdf"],
  ["v1.2 final.pdf", "application/pdf", "v1.2 final.pdf"],
  ["...", "application/pdf", "document.pdf"],
  ["", "image/png", "document.png"],
  ["x".repeat(300), "image/png", `${"x".repeat(100)}.png`],
] as const)("%j of %s is called %j", (given, mediaType, name) => {
  expect(safeName(given, mediaType)).toBe(name);
});

test("a name is one line, goes nowhere, and is never long", () => {
  const anything = fc
    .array(fc.nat({ max: 0xffff }), { maxLength: 300 })
    .map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(anything, (given) => {
      const name = safeName(given, "image/png");
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}/\\"<>|]|^\./u);
      expect(name).toMatch(/^.{1,200}\.png$/su);
      expect(name.isWellFormed()).toBe(true);
    }),
  );
});

test("documents stand still only while their words lie with the moderators", () => {
  const closed = revisionStates.filter((state) => !mayChangeEvidence(state));
  expect(closed).toEqual(["submitted"]);
  expect(mayChangeEvidence(null)).toBe(true);
});

test.each(revisionStates)("in a %s revision, what is asked for can always be added", (state) => {
  expect(mayAddEvidence({ openState: state, asked: true })).toBe(true);
  expect(mayAddEvidence({ openState: state, asked: false })).toBe(state !== "submitted");
});

test.each(claimTypes)(
  "documents of a look at %s go to one place, if they go anywhere",
  (claimType) => {
    const look = { claimType, credentialId: "licence", trainingId: "course" };
    const places = {
      identity: { subject: "identity", claimId: null },
      credential: { subject: "credential", claimId: "licence" },
      discipline: { subject: "identity", claimId: null },
      exclusion: { subject: "identity", claimId: null },
      insurance: { subject: "insurance", claimId: null },
      supervision: { subject: "credential", claimId: "licence" },
      training: { subject: "training", claimId: "course" },
      "practice-statements": null,
    } as const;
    expect(documentsOf(look)).toEqual(places[claimType]);
    const gone = documentsOf({ claimType, credentialId: null, trainingId: null });
    expect(gone?.claimId ?? null).toBeNull();
  },
);
