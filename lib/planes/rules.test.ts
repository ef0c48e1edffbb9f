import { globSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { askedPath, isOn, nowhereFor, planeOf } from "./rules.ts";

/** The addresses of the files that Next makes routes of, below the language. */
const routes = globSync("app/**/route.{ts,tsx}").map((file) =>
  file
    .replace(/^app/, "")
    .replace(/\/route\.tsx?$/, "")
    .replaceAll(/\/\([^)]+\)/g, "")
    .replace(/^\/\[locale\]/, ""),
);

test("every route of the tree is on a plane, but for the page that answers what is none", () => {
  expect(routes.length).toBeGreaterThan(60);
  expect(routes.filter((route) => planeOf(route || "/") === null)).toEqual(["/[...rest]"]);
});

test.each([
  ["/", "reader"],
  ["/es", "reader"],
  ["/es/therapists/lia?x=/account", "reader"],
  ["/?to=/account", "reader"],
  ["/api/enquiries/fetch", "reader"],
  ["/account", "staff"],
  ["/es/moderation/cases/1", "staff"],
  ["/sign-in#x", "staff"],
  ["/photos/1/2.webp", "both"],
  ["/api/health", "both"],
  ["/api", null],
  ["/api/auth/session", null],
  ["/_next/static/x.js", null],
  ["/constructor", null],
  ["/%61ccount", null],
  ["/ACCOUNT", null],
  ["//account", "reader"],
  ["/-/account", null],
])("%s is of %s", (address, plane) => {
  expect(planeOf(address)).toBe(plane);
});

test("what is looked for nowhere is on no host, and is called what it was asked as", () => {
  fc.assert(
    fc.property(fc.constantFrom("/es", ""), fc.array(fc.string()), (language, parts) => {
      const path = parts.map((part) => `/${encodeURIComponent(part)}`).join("");
      const address = nowhereFor(language + path);
      expect(isOn("reader", address) || isOn("staff", address)).toBe(false);
      expect(address.startsWith(`${language}/-`)).toBe(true);
    }),
  );
  expect(nowhereFor("/es/account?a=1")).toBe("/es/-/account?a=1");
  expect(nowhereFor("/es?a=1")).toBe("/es/-?a=1");
  expect(nowhereFor("/account/?a=/")).toBe("/-/account?a=/");
  expect(nowhereFor("/")).toBe("/-");
  expect(askedPath("/-/account")).toBe("/account");
  expect(askedPath("/-account")).toBe("/-account");
});
