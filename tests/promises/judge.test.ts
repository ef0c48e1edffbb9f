import { expect, test } from "vitest";
import { type Answer, problemsOf } from "./judge.ts";
import { unescaped } from "./naughty.ts";

const sound: Answer = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: "<p>Hello</p>",
};
const judge = (but: Partial<Answer>) => problemsOf({ ...sound, ...but }, "http://site.example");

test("a sound answer has no problem, and neither has a limit that says when to come back", () => {
  expect(judge({})).toEqual([]);
  expect(judge({ status: 503, headers: { "retry-after": "2" } })).toEqual([]);
  expect(judge({ status: 303, headers: { location: "/sign-in?to=//elsewhere.example" } })).toEqual(
    [],
  );
});

test.each<[string, Partial<Answer>]>([
  ["an error of ours", { status: 500 }],
  ["a 503 that is no limit", { status: 503 }],
  ["a stack", { body: "Oh\n    at make (/srv/site/x.js:1:2)" }],
  ["a path", { body: "see node_modules/next" }],
  ["an error of the database", { body: 'PostgresError: syntax error at or near "x"' }],
  ["a script", { body: `<p>${unescaped}` }],
  ["a header out of a value", { headers: { "x-injected": "1" } }],
  ["a way to another site", { status: 303, headers: { location: "//elsewhere.example" } }],
])("%s is one", (_, but) => {
  expect(judge(but)).toHaveLength(1);
});
