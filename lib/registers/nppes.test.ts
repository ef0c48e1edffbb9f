import { describe, expect, test } from "vitest";
import {
  nppesAnswer,
  nppesPerson,
  registerServer,
  saysJson,
} from "../../tests/support/register-servers.ts";
import type { OpenClaim, Person } from "./connector.ts";
import { nppes } from "./nppes.ts";

const npi = "1234567893";
const otherNpi = "1003000126";
const licence = { jurisdiction: "US-NV", letters: "LMFT", number: "01234" };
const quill: Person = {
  therapistId: "therapist",
  displayName: "Robin Example",
  registerName: "Quill Nightingale",
  licences: [licence],
  npis: [],
};
const blank = { credentialId: null, typeId: null, jurisdiction: null, letters: null, number: null };
const identity: OpenClaim = { ...blank, checkId: "check", claimType: "identity" };
const credential: OpenClaim = {
  ...licence,
  checkId: "check",
  claimType: "credential",
  credentialId: "credential",
  typeId: "us-lmft",
};

async function look(said: unknown, claim = identity, person = quill) {
  const { url, asked } = await registerServer(saysJson(said));
  const connector = nppes(url, async () => {});
  const proposals = await connector.ask
    ?.look(claim, person, {} as never)
    .catch((error: Error) => error.message);
  return { proposals, asked: asked.map(({ searchParams }) => Object.fromEntries(searchParams)) };
}

const found = (...people: Parameters<typeof nppesPerson>[]) =>
  nppesAnswer(...people.map((each) => nppesPerson(...each)));

test("asks by the name that registers know and by state, and for nothing more", async () => {
  const { asked } = await look(nppesAnswer());
  expect(asked).toEqual([
    {
      version: "2.1",
      enumeration_type: "NPI-1",
      limit: "200",
      first_name: "Quill",
      use_first_name_alias: "True",
      last_name: "Nightingale",
      state: "NV",
    },
  ]);
});

test.each([
  ["Ana María García López", ["Ana Lopez", "Ana Garcia Lopez"]],
  ["Siobhán O’Neill*, PhD", ["Siobhan ONeill"]],
  ["日本 太郎", []],
  ["A B", []],
])("%s is asked for as %j", async (registerName, names) => {
  const { asked } = await look(nppesAnswer(), identity, { ...quill, registerName });
  expect(asked.map(({ first_name, last_name }) => `${first_name} ${last_name}`)).toEqual(names);
});

test("asks by number where the licence number is an NPI, or one is known", async () => {
  const byClaim = await look(nppesAnswer(), { ...credential, number: npi });
  expect(byClaim.asked[0]).toMatchObject({ number: npi });
  const byPerson = await look(nppesAnswer(), identity, { ...quill, npis: [npi] });
  expect(byPerson.asked[0]).toMatchObject({ number: npi });
});

test("someone who gave the licence is proposed by number, with no address", async () => {
  const said = found([
    npi,
    ["QUILL", "NIGHTINGALE"],
    [
      { license: "LMFT 1234", state: "NV" },
      { license: "99", state: "OR" },
    ],
    [["QUILL", "SPARROW"]],
  ]);
  const { proposals } = await look(said, credential);
  expect(proposals).toEqual([
    {
      strength: "number",
      statusText: "A",
      sourceAsOf: null,
      facts: {
        name: "NIGHTINGALE, QUILL Q",
        otherNames: "SPARROW, QUILL",
        npi,
        letters: "LMFT",
        licences: "Marriage & Family Therapist LMFT 1234 NV; Marriage & Family Therapist 99 OR",
        updated: "2023-11-14",
        nameAgrees: "yes",
        numberAgrees: "yes",
      },
    },
  ]);
  expect(JSON.stringify(proposals)).not.toMatch(/CANARY|RENO|555/);
});

describe("on a licence", () => {
  test.each<[string, Parameters<typeof nppesPerson>, string[]]>([
    ["the name alone says nothing", [npi, ["QUILL", "NIGHTINGALE"]], []],
    [
      "the number in another state says nothing",
      [npi, ["QUILL", "NIGHTINGALE"], [{ license: "01234", state: "OR" }]],
      [],
    ],
    [
      "the number under another name is told as such",
      [npi, ["EVA", "SPARROW"], [{ license: "01234", state: "NV" }]],
      ["number no"],
    ],
    [
      "numbers that come as numbers are read as well",
      [Number(npi), ["QUILL", "NIGHTINGALE"], [{ license: "1234", state: "NV" }]],
      ["number yes"],
    ],
  ])("%s", async (_, person, expected) => {
    const { proposals } = await look(found(person), credential);
    expect(summary(proposals)).toEqual(expected);
  });
});

describe("on who they are", () => {
  test.each<[string, Parameters<typeof nppesPerson>[], string[]]>([
    ["a namesake is a hint by name", [[npi, ["QUILL", "NIGHTINGALE"]]], ["name yes"]],
    [
      "so is one by a former name",
      [[npi, ["EVA", "OWL"], [], [["QUILL", "NIGHTINGALE"]]]],
      ["name yes"],
    ],
    ["an answer for another person is none", [[npi, ["EVA", "SPARROW"]]], []],
    [
      "the licence makes it sure",
      [
        [otherNpi, ["QUILL", "NIGHTINGALE"]],
        [npi, ["QUILL", "NIGHTINGALE"], [{ license: "1234", state: "NV" }]],
      ],
      ["number yes", "name yes"],
    ],
    ["nobody is nothing", [], []],
  ])("%s", async (_, people, expected) => {
    const { proposals } = await look(found(...people));
    expect(summary(proposals)).toEqual(expected);
  });

  test("of many namesakes five are shown and the rest counted", async () => {
    const many = Array.from({ length: 8 }, (_, place) =>
      nppesPerson(String(1000000000 + place), ["QUILL", "NIGHTINGALE"]),
    );
    const { proposals } = await look(nppesAnswer(...many));
    expect(summary(proposals)).toHaveLength(5);
    expect(Array.isArray(proposals) && proposals[0]?.facts.others).toBe("3");
  });
});

function summary(proposals: Awaited<ReturnType<typeof look>>["proposals"]) {
  if (!Array.isArray(proposals)) return proposals;
  return proposals.map(({ strength, facts }) => `${strength} ${facts.nameAgrees}`);
}

test.each([
  ["refused 04", { Errors: [{ description: "no Quill", field: "last_name", number: "04" }] }],
  ["malformed JSON", { result_count: 1, results: [{ number: null }] }],
  ["malformed JSON", []],
  ["malformed JSON", "Nightingale"],
])("%s: what it cannot say is no answer, and its words are not kept", async (why, said) => {
  expect((await look(said)).proposals).toBe(why);
});

test.each([
  [identity, true],
  [credential, true],
  [{ ...credential, jurisdiction: "GB-ENG" }, false],
  [{ ...credential, jurisdiction: null }, false],
  [{ ...identity, claimType: "insurance" }, false],
])("%o fits: %s", (claim, fits) => {
  expect(nppes("https://register.example").ask?.fits(claim)).toBe(fits);
});
