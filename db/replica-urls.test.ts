import { expect, test } from "vitest";
import { replicaUrls } from "./replica-urls.ts";

test.each([
  ["", []],
  ["postgres://a:p@one/db", ["postgres://a:p@one/db"]],
  [
    "postgres://a:p,q@one/db, postgresql://a@two/db",
    ["postgres://a:p,q@one/db", "postgresql://a@two/db"],
  ],
])("%j names %j", (setting, urls) => {
  expect(replicaUrls(setting)).toEqual(urls);
});
