import { expect, test } from "vitest";
import { faultInAddresses, searchServers } from "./servers.ts";

const namesIn = (MEILI_URL: string) => searchServers({ MEILI_URL }).map(({ name }) => name);

test("one address, several, or none", () => {
  expect(searchServers({})).toEqual([]);
  const [one, other] = searchServers({
    MEILI_URL: "http://a:7700, https://b/meili/",
    MEILI_MASTER_KEY: "a key of all of them",
  });
  expect(one).toEqual({ name: "a:7700", url: "http://a:7700", apiKey: "a key of all of them" });
  expect(other).toMatchObject({ name: "b:443/meili", url: "https://b/meili/" });
});

test("a name says nothing of order, password or what comes after the path", () => {
  expect(namesIn("http://b:1,http://a:2").sort()).toEqual(namesIn("http://a:2,http://b:1").sort());
  expect(namesIn("http://me:secret@a/?key=secret#secret")).toEqual(["a:80"]);
});

test.each([
  ["", "address 1 is blank"],
  ["http://a,,http://b", "address 2 is blank"],
  ["http://a, b:7700", "address 2 is no http or https address"],
  ["http:a", "address 1 is no http"],
  ["http://a:1,https://b,http://A:1/", "address 3 stands there twice"],
])("%j: %s", (list, fault) => {
  expect(faultInAddresses(list)).toContain(fault);
});

test("two servers at one host are two", () => {
  expect(faultInAddresses("http://a:1,http://a:2,http://a:1/other,https://a:3")).toBeNull();
});
