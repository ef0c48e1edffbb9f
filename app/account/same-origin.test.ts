import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

/** The environment is read when the module is. */
async function isOwn(
  headers: Record<string, string>,
  siteUrl = "",
  staffUrl = "",
): Promise<boolean> {
  vi.stubEnv("SITE_URL", siteUrl);
  vi.stubEnv("STAFF_URL", staffUrl);
  vi.resetModules();
  const { isOwnForm } = await import("./same-origin.ts");
  return isOwnForm(new Request("http://127.0.0.1:3000/account", { method: "POST", headers }));
}

const host = "127.0.0.1:3000";

describe("without a public address", () => {
  test.each<[string, Record<string, string>, boolean]>([
    ["its own origin", { origin: "http://127.0.0.1:3000", host }, true],
    ["another port", { origin: "http://127.0.0.1:3001", host }, false],
    ["no port", { origin: "http://127.0.0.1", host }, false],
    ["another site", { origin: "https://evil.example", host }, false],
    [
      "another site, though the browser says otherwise",
      { origin: "https://evil.example", host, "sec-fetch-site": "same-origin" },
      false,
    ],
    [
      "a site whose name begins alike",
      { origin: "http://127.0.0.1:3000.evil.example", host },
      false,
    ],
    ["the host as a user name", { origin: "http://127.0.0.1:3000@evil.example", host }, false],
    ["a hidden origin", { origin: "null", host, "sec-fetch-site": "same-origin" }, false],
    ["no address at all", { origin: "evil", host }, false],
    ["an empty origin", { origin: "", host }, false],
    ["an origin, and no host", { origin: "http://127.0.0.1:3000" }, false],
    ["no origin, and the browser says it is ours", { host, "sec-fetch-site": "same-origin" }, true],
    ["no origin, and a sister site", { host, "sec-fetch-site": "same-site" }, false],
    ["no origin, and another site", { host, "sec-fetch-site": "cross-site" }, false],
    ["no origin, and a typed address", { host, "sec-fetch-site": "none" }, false],
    ["nothing said", { host }, false],
  ])("%s", async (_, headers, own) => {
    expect(await isOwn(headers)).toBe(own);
  });
});

describe("behind a proxy, with a public address", () => {
  const site = "https://directory.example/";
  test.each<[string, Record<string, string>, boolean]>([
    [
      "the public origin, whatever the proxy calls us",
      { origin: "https://directory.example", host },
      true,
    ],
    ["the public name without encryption", { origin: "http://directory.example", host }, false],
    ["another port", { origin: "https://directory.example:8443", host }, false],
    ["a site under ours", { origin: "https://evil.directory.example", host }, false],
    ["a longer name", { origin: "https://directory.example.evil.example", host }, false],
    ["the host that was asked", { origin: "http://127.0.0.1:3000", host }, true],
  ])("%s", async (_, headers, own) => {
    expect(await isOwn(headers, site)).toBe(own);
  });
});

describe("with a host for staff", () => {
  const [site, staff] = ["https://directory.example", "https://staff.directory.example"];
  test.each<[string, Record<string, string>, boolean]>([
    ["staff to staff", { origin: staff, host: "staff.directory.example" }, true],
    ["readers to readers", { origin: site, host: "directory.example" }, true],
    ["readers to staff", { origin: site, host: "staff.directory.example" }, false],
    ["staff to readers", { origin: staff, host: "directory.example" }, false],
    ["an unknown host to itself", { origin: "http://127.0.0.1:3000", host }, false],
  ])("%s", async (_, headers, own) => {
    expect(await isOwn(headers, site, staff)).toBe(own);
  });
});
