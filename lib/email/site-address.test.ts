import { afterEach, expect, test, vi } from "vitest";
import { readConfig } from "#lib/config.ts";
import { senderAddress, siteAddress } from "./site-address.ts";

afterEach(() => vi.unstubAllEnvs());

test("links are whole addresses in the person's language", () => {
  vi.stubEnv("SITE_URL", "https://directory.example");
  expect(siteAddress("/account", "en")).toBe("https://directory.example/account");
  expect(siteAddress("/account", "es")).toBe("https://directory.example/es/account");
  vi.stubEnv("SITE_URL", "");
  expect(() => siteAddress("/account", "en")).toThrow("SITE_URL");
});

test("with two hosts, each link is to the one that answers it", () => {
  vi.stubEnv("SITE_URL", "https://directory.example");
  vi.stubEnv("STAFF_URL", "https://staff.example");
  expect(siteAddress("/account", "es")).toBe("https://staff.example/es/account");
  expect(siteAddress("/therapists", "en")).toBe("https://directory.example/therapists");
});

test.each([
  [{ SITE_URL: "https://directory.example" }, "mail@directory.example"],
  [{ SITE_URL: "http://127.0.0.1:3000" }, "mail@localhost"],
  [{ SITE_URL: "http://[::1]:3000" }, "mail@localhost"],
  [{}, "mail@localhost"],
  [{ SITE_URL: "https://directory.example", MAIL_FROM: "a@b.example" }, "a@b.example"],
])("from %o mails come from %s", (env, address) => {
  expect(senderAddress(readConfig(env))).toBe(address);
});
