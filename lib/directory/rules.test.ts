import { describe, expect, test } from "vitest";
import { dayNumber, dayOfNumber, type ReachFacts, reachOf } from "./rules.ts";

const regions: Record<string, readonly string[]> = {
  "US-CA": ["US-CA"],
  "US-OR": ["US-OR"],
  "GB-ENG": ["GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"],
};
const jurisdictions = { regionsOf: (code: string) => regions[code] ?? [] };

const right = (jurisdiction: string, until = "2027-05-01", compactId: string | null = null) => ({
  jurisdiction,
  until,
  compactId,
});

const cases: { name: string; facts: ReachFacts; reach: ReturnType<typeof reachOf> }[] = [
  {
    name: "a licence reaches its own state by video",
    facts: { rights: [right("US-CA")], formats: ["video"], inPersonRegions: [] },
    reach: { "US-CA": { video: "2027-05-01" } },
  },
  {
    name: "no right, no reach, wherever the room is",
    facts: { rights: [], formats: ["video", "in-person"], inPersonRegions: ["US-CA"] },
    reach: {},
  },
  {
    name: "in person needs a room in that very region",
    facts: {
      rights: [right("US-CA"), right("US-OR")],
      formats: ["in-person"],
      inPersonRegions: ["US-OR"],
    },
    reach: { "US-OR": { "in-person": "2027-05-01" } },
  },
  {
    name: "a room without a right there reaches nobody",
    facts: { rights: [right("US-CA")], formats: ["in-person"], inPersonRegions: ["US-OR"] },
    reach: {},
  },
  {
    name: "a national right counts in every region of the country",
    facts: { rights: [right("GB-ENG")], formats: ["phone"], inPersonRegions: [] },
    reach: {
      "GB-ENG": { phone: "2027-05-01" },
      "GB-SCT": { phone: "2027-05-01" },
      "GB-WLS": { phone: "2027-05-01" },
      "GB-NIR": { phone: "2027-05-01" },
    },
  },
  {
    name: "PSYPACT is for telehealth, not for a room",
    facts: {
      rights: [right("US-OR", "2027-05-01", "psypact")],
      formats: ["video", "in-person"],
      inPersonRegions: ["US-OR"],
    },
    reach: { "US-OR": { video: "2027-05-01" } },
  },
  {
    name: "a counselling privilege covers a room as well",
    facts: {
      rights: [right("US-OR", "2027-05-01", "counseling")],
      formats: ["in-person"],
      inPersonRegions: ["US-OR"],
    },
    reach: { "US-OR": { "in-person": "2027-05-01" } },
  },
  {
    name: "of two rights in one place the longer one counts",
    facts: {
      rights: [
        right("US-CA", "2027-01-01"),
        right("US-CA", "2028-01-01"),
        right("US-CA", "2026-12-01"),
      ],
      formats: ["text"],
      inPersonRegions: [],
    },
    reach: { "US-CA": { text: "2028-01-01" } },
  },
  {
    name: "a jurisdiction that nobody knows reaches nobody",
    facts: { rights: [right("ZZ-ZZ")], formats: ["video"], inPersonRegions: [] },
    reach: {},
  },
];

describe("reachOf: who may see whom where", () => {
  test.each(cases)("$name", ({ facts, reach }) => {
    expect(reachOf(facts, jurisdictions)).toEqual(reach);
  });
});

test("days and numbers are two spellings of one thing", () => {
  expect(dayNumber("2026-11-23")).toBe(20261123);
  expect(dayOfNumber(20261123)).toBe("2026-11-23");
});
