import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const reason = "Both leads have left";

test.each([
  [["Someone@Mail.Example"], { email: "someone@mail.example", locale: "en", recovery: null }],
  [["a@b.example", "--language", "es"], { email: "a@b.example", locale: "es", recovery: null }],
  [
    ["a@b.example", "--recover", ` ${reason} `],
    { email: "a@b.example", locale: "en", recovery: { reason, alone: false } },
  ],
  [
    ["a@b.example", "--recover", reason, "--alone"],
    { email: "a@b.example", locale: "en", recovery: { reason, alone: true } },
  ],
  [["--help"], "help"],
])("%j", (argv, expected) => {
  expect(readOptions(argv)).toEqual(expected);
});

test.each([
  [[], "missing"],
  [["a@b.example", "c@d.example"], "One address"],
  [["someone"], "no e-mail address"],
  [["a@b.example", "--language", "de"], "en or es"],
  [["a@b.example", "--alone"], "--recover only"],
  [["a@b.example", "--recover", "short"], "10 to 300"],
  [["a@b.example", "--recover", "x".repeat(301)], "10 to 300"],
  [["a@b.example", "--recover"], "argument missing"],
  [["a@b.example", "--force"], "Unknown option"],
])("%j is refused: %s", (argv, words) => {
  expect(readOptions(argv)).toMatchObject({ problem: expect.stringContaining(words) });
});
