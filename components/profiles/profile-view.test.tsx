import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { PublicProfile } from "#lib/profiles/queries.ts";
import { wordsFor } from "#lib/words/labels.ts";
import type { Page } from "../ui/page.ts";
import { ProfileView } from "./profile-view.tsx";

const page: Page = {
  ...wordsFor("en"),
  today: "2026-11-23",
  path: "/therapists/ana-x1",
  href: (path) => path,
  term: (_kind, id) => id,
  region: (code) => code,
  place: (city, region) => `${city}, ${region}`,
  site: { name: "Parasol", exitUrl: "https://exit.example/", demo: false, stylesheet: "/s.css" },
};

const profile: PublicProfile = {
  slug: "ana-x1",
  searchEngines: false,
  accepting: true,
  nextOpening: null,
  confirmedOn: "2026-09-30",
  name: "Ana X",
  registerNameNote: null,
  pronouns: null,
  textLocale: "es",
  headline: "Hola",
  approach: "Uno.\n\nDos.",
  about: "Tres.",
  feeMin: null,
  feeMax: null,
  feeCurrency: null,
  feeMinutes: null,
  slidingMin: null,
  slidingPlacesOpen: null,
  photoId: null,
  terms: [{ kind: "format", id: "in-person", level: null, detail: null }],
  locations: [{ precision: "city", region: "US-NV", city: "Reno", postcode: null, address: null }],
  statements: [],
  disclosure: null,
  trainings: [],
  credentials: [],
  checks: [],
  rights: [],
};

const draw = (
  given: Partial<PublicProfile>,
  record: Parameters<typeof ProfileView>[0]["view"]["record"] = [],
) =>
  renderToStaticMarkup(
    <ProfileView
      page={page}
      view={{ profile: { ...profile, ...given }, reach: {}, statements: [], record }}
    />,
  );

test("schema.org data is there only if the therapist allows search engines", () => {
  expect(draw({})).not.toMatch(/itemscope|itemprop|schema\.org/i);
  expect(draw({ searchEngines: true })).toContain('itemType="https://schema.org/Person"');
});

test("what is not said is said to be missing, and never reads as a no", () => {
  const html = draw({});
  expect(html).toContain("Not said. Ask before the first session.");
  expect(html.match(/Not said\. Ask before you share\./g)).toHaveLength(6);
});

test("a room without a current right to practise is named, and not as a place to be seen", () => {
  expect(draw({})).toContain(
    "In person in Reno, US-NV: we found no current right to practise there",
  );
});

test("openings that nobody confirmed lately say so", () => {
  expect(draw({})).toContain("Not confirmed lately: last on 30 September 2026.");
  expect(draw({ confirmedOn: "2026-11-20" })).toContain("Confirmed 20 November 2026.");
  expect(draw({ confirmedOn: "2026-09-10" })).toContain("have not confirmed it lately. Ask.");
});

test("their own words keep their language and their paragraphs", () => {
  const html = draw({});
  expect(html).toContain('<p lang="es">Uno.</p><p lang="es">Dos.</p>');
});

test("a check that ran out yesterday reads so today", () => {
  const check = {
    id: "c",
    claim: "LMFT 1, US-NV",
    state: "verified" as const,
    checkedOn: "2025-11-01",
    validUntil: "2026-11-22",
    expiresOn: null,
    nextCheckOn: "2026-11-01",
    authority: "A board",
    sourceType: "primary" as const,
    method: "manual" as const,
    sourceUrl: null,
    sourceAsOf: null,
    sourceStatus: "ACTIVE",
    conditions: null,
    publicNote: null,
    secondReviewer: false,
  };
  const html = draw({}, [{ track: "right-to-practise", checks: [check] }]);
  expect(html).toContain("This check ran out");
  expect(html).toContain("Ended on 22 November 2026.");
  expect(html).toContain("Source: the register itself, looked at by a person.");
  expect(html).not.toContain("Next look");
});
