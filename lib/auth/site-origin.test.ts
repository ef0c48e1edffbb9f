import { afterEach, expect, test, vi } from "vitest";
import { relyingParty, siteOrigin } from "./site-origin.ts";

afterEach(() => vi.unstubAllEnvs());

const local = "http://127.0.0.1:3000";
const real = "https://directory.example";

test.each([
  [real, "directory.example", real],
  [real, "evil.example", real],
  [real, "localhost:3000", real],
  [real, null, real],
  [local, "127.0.0.1:3000", local],
  [local, "localhost:3000", "http://localhost:3000"],
  [local, "evil.example", local],
  [local, "localhost.evil.example", local],
  [local, "127.0.0.1.evil.example", local],
  [local, "a b", local],
])("of the site %s asked for as %s, links lead to %s", (site, host, origin) => {
  vi.stubEnv("SITE_URL", site);
  expect(siteOrigin(host)).toBe(origin);
});

test("passkeys are for a name, and not for a number", () => {
  vi.stubEnv("SITE_URL", local);
  expect(relyingParty("127.0.0.1:3000")).toBeNull();
  expect(relyingParty("localhost:3000")).toEqual({
    id: "localhost",
    origin: "http://localhost:3000",
  });
  vi.stubEnv("SITE_URL", real);
  expect(relyingParty("localhost:3000")).toEqual({ id: "directory.example", origin: real });
});

test("where staff have a host of their own, they sign in there", () => {
  vi.stubEnv("SITE_URL", real);
  vi.stubEnv("STAFF_URL", "https://staff.example");
  expect(siteOrigin("directory.example")).toBe("https://staff.example");
  expect(relyingParty("staff.example")).toEqual({
    id: "staff.example",
    origin: "https://staff.example",
  });
});

test("without a site there is nothing to link to", () => {
  vi.stubEnv("SITE_URL", "");
  expect(() => siteOrigin("localhost")).toThrow("SITE_URL");
});
