import fc from "fast-check";
import { expect, test } from "vitest";
import { roles } from "#db/vocabulary.ts";
import { isStaff, ownPath, rolesThatCount, waitAfter } from "./rules.ts";

test.each([
  ["/account/profile", "/account/profile"],
  ["/account/settings?done=language", "/account/settings?done=language"],
  ["/es/account/profile/fees", "/account/profile/fees"],
  ["/es", "/account"],
  [null, "/account"],
  ["", "/account"],
  ["account", "/account"],
  ["https://evil.example/", "/account"],
  ["//evil.example", "/account"],
  ["/\\evil.example", "/account"],
  ["/es//evil.example", "/account"],
  ["/\t/evil.example", "/account"],
  ["/sign-out", "/account"],
  ["/sign-in/second-factor", "/account"],
  ["/es/sign-in", "/account"],
])("%j leads to %s", (wanted, path) => {
  expect(ownPath(wanted)).toBe(path);
});

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.webUrl(),
  fc.stringMatching(/^\/{0,3}(es\/)?[\\/@.:a-z?#%\t\n]{0,30}$/),
  fc
    .constantFrom("//", "/\\", "\\\\", "/%2f", "/es/", "/es//")
    .chain((start) => fc.domain().map((domain) => start + domain)),
);

test("whatever is asked for, a browser stays on this site", () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom("", "/es"), (wanted, prefix) => {
      const path = prefix + ownPath(wanted);
      const url = new URL(path, "https://directory.example/sign-in");
      expect(url.origin).toBe("https://directory.example");
      expect(path.startsWith("//")).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("who guesses waits ever longer, and never more than an hour", () => {
  expect([0, 4, 5, 6, 7].map(waitAfter)).toEqual([0, 0, 30, 60, 120]);
  fc.assert(
    fc.property(fc.nat(5000), (failures) => {
      expect(waitAfter(failures + 1)).toBeGreaterThanOrEqual(waitAfter(failures));
      expect(waitAfter(failures)).toBeLessThanOrEqual(3600);
    }),
  );
});

test("a therapist is no staff, whoever looks into the affairs of others is", () => {
  expect(isStaff({ roles: ["therapist"] })).toBe(false);
  expect(isStaff({ roles: ["therapist", "auditor"] })).toBe(true);
});

test.each(["not-set-up", "needed", "passed"] as const)(
  "roles that look into the affairs of others count by two factors alone: %s",
  (secondFactor) => {
    expect(rolesThatCount(roles, secondFactor)).toEqual(
      secondFactor === "passed" ? roles : ["therapist"],
    );
    expect(rolesThatCount([], secondFactor)).toEqual([]);
  },
);
