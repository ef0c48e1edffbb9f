import { expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { linkFrom, originFor, planeOfHost, twoHosts } from "./two-hosts.ts";

const site = { SITE_URL: "https://directory.example/", STAFF_URL: "https://staff.example:8443/x" };
const config = readConfig(site);
const hosts = { reader: "https://directory.example", staff: "https://staff.example:8443" };

test("one host is none", () => {
  expect(twoHosts(config)).toEqual(hosts);
  expect(twoHosts(readConfig({ SITE_URL: site.SITE_URL }))).toBeNull();
});

test.each([
  ["directory.example", "reader"],
  ["DIRECTORY.example:443", "reader"],
  ["staff.example:8443", "staff"],
  ["staff.example", null],
  ["directory.example:8443", null],
  ["directory.example.evil.example", null],
  ["evil.example#directory.example", null],
  ["directory.example/", null],
  ["user@directory.example", null],
  ["directory.example, staff.example:8443", null],
  ["", null],
  [undefined, null],
])("the host %o is of %s", (host, plane) => {
  expect(planeOfHost(host, hosts)).toBe(plane);
});

test.each([
  ["reader", "/sign-in", "https://staff.example:8443/sign-in"],
  ["reader", "/es/sign-in?to=/x", "https://staff.example:8443/es/sign-in?to=/x"],
  ["reader", "/therapists", "/therapists"],
  ["reader", "/photos/1/2.webp", "/photos/1/2.webp"],
  ["staff", "/es", "https://directory.example/es"],
  ["staff", "/photos/1/2.webp", "/photos/1/2.webp"],
  ["staff", "/account", "/account"],
] as const)("on the %s plane %s is linked to as %s", (plane, path, link) => {
  expect(linkFrom(plane, path, hosts)).toBe(link);
});

test("mails link to the host that answers", () => {
  expect(originFor("/account/questions", config)).toBe(hosts.staff);
  expect(originFor("/therapists/lia", config)).toBe(hosts.reader);
  expect(originFor("/account", readConfig({ SITE_URL: site.SITE_URL }))).toBe(hosts.reader);
  expect(originFor("/account", readConfig({}))).toBeNull();
});
