import { describe, expect, it } from "vitest";
import { sessionFormats, statementAnswers, termKinds } from "#db/vocabulary.ts";
import {
  credentialTypesIn,
  findRegion,
  findTerm,
  listCompacts,
  listCountries,
  listCredentialTypes,
  listLevels,
  listRegions,
  listTermGroups,
  listTerms,
  listTrainingCatalogue,
  practiceStatements,
  regionName,
  registerFor,
  statementLimits,
  termLabel,
} from "./queries.ts";
import { readReference } from "./read-reference.ts";

describe("terms", () => {
  it.each(termKinds)("%s: grouped and ungrouped are the same terms", (kind) => {
    const grouped = listTermGroups(kind).flatMap((group) => group.terms.map((term) => term.id));
    expect(grouped.sort()).toEqual(
      listTerms(kind)
        .map((term) => term.id)
        .sort(),
    );
    expect(grouped.length).toBeGreaterThan(0);
  });

  it("offers the four session formats as criteria, and the rest as arrangements", () => {
    expect(listTerms("format").map((term) => term.id)).toEqual([...sessionFormats]);
    expect(findTerm("arrangement", "video")).toBeUndefined();
    expect(findTerm("format", "text-chat")).toBeUndefined();
    expect(findTerm("arrangement", "camera-off")).toBeDefined();
  });

  it("has the training criteria that addresses name", () => {
    expect(listTerms("training").map((term) => term.id)).toEqual(
      expect.arrayContaining([
        "sex-worker-led",
        "certified",
        "evidence-checked",
        "workshop",
        "other",
      ]),
    );
  });

  it("labels in both languages, and an unknown id by itself", () => {
    expect(termLabel("language", "es", "en")).toBe("Spanish");
    expect(termLabel("language", "es", "es")).toBe("Español");
    expect(termLabel("language", "xx", "en")).toBe("xx");
  });

  it.each([
    ["modality", "emdr", "desensibilización"],
    ["modality", "emdr", "eye movement desensitization"],
    ["work", "stripping", "bailarina"],
    ["work", "escorting", "prostitute"],
    ["modality", "person-centred", "counseling"],
  ] as const)("%s %s is found as %s", (kind, id, word) => {
    expect(findTerm(kind, id)?.synonyms).toContain(word);
  });

  it("has the steps of experience and of fluency", () => {
    expect(listLevels("work").map((step) => step.id)).toEqual([
      "some",
      "regular",
      "specialist",
      "lived",
    ]);
    expect(listLevels("language").map((step) => step.id)).toEqual([
      "therapy",
      "basic",
      "interpreter",
    ]);
  });
});

describe("practice statements", () => {
  it("asks sixteen questions, ten of them core", () => {
    expect(practiceStatements()).toHaveLength(16);
    expect(practiceStatements().filter((statement) => statement.core)).toHaveLength(10);
    expect(statementLimits()).toMatchObject({ minChars: 20, maxChars: 300 });
  });

  it("has a label for each answer", () => {
    const answers = readReference("scales").items.filter(
      (step) => step.group === "statement-answer",
    );
    expect(answers.map((step) => step.id).sort()).toEqual([...statementAnswers].sort());
  });
});

describe("places", () => {
  it("counts miles in two countries and kilometres elsewhere", () => {
    const miles = listCountries().filter((country) => country.distanceUnit === "mi");
    expect(miles.map((country) => country.code)).toEqual(["US", "GB"]);
  });

  it("names regions", () => {
    expect(regionName("US-CA", "en")).toBe("California");
    expect(regionName("DE-BY", "es")).toBe("Baviera");
    expect(regionName("XX-1", "en")).toBe("XX-1");
    expect(listRegions().every((region) => region.code.startsWith(`${region.country}-`))).toBe(
      true,
    );
  });

  it("knows each compact that a region speaks of", () => {
    const compacts = listCompacts().map((compact) => compact.id);
    const named = new Set(listRegions().flatMap((region) => region.compacts.map((c) => c.compact)));
    expect([...named].sort()).toEqual([...compacts].sort());
    expect(findRegion("US-CA")?.compacts.every((c) => c.status === "not-member")).toBe(true);
  });
});

describe("credential types", () => {
  it("looks a licence up where it is kept", () => {
    expect(registerFor("us-lmft", "US-CA")).toEqual({
      name: "DCA licence search",
      url: "https://search.dca.ca.gov/",
    });
    expect(registerFor("us-lmft", "US-NV")).toEqual({
      name: "Licensing board of Nevada",
      url: null,
    });
    expect(registerFor("gb-social-worker", "GB-SCT")?.name).toBe("SSSC (Scotland)");
    expect(registerFor("us-pmhnp", "US-TX")?.name).toBe("Nursys QuickConfirm");
    expect(registerFor("us-psychologist", "US-AZ")).toEqual({
      name: "Licensing board of Arizona",
      url: null,
    });
    expect(registerFor("cert-emdria", "US-CA")?.name).toBe("EMDRIA directory");
    expect(registerFor("de-hpp", "DE-BE")).toBeUndefined();
    expect(registerFor("us-lmft", "XX-1")).toBeUndefined();
    expect(registerFor("nobody", "US-CA")).toBeUndefined();
  });

  it("lists what a person in a region can hold", () => {
    const ids = credentialTypesIn("CA-ON").map((type) => type.id);
    expect(ids).toContain("ca-on-rp");
    expect(ids).toContain("cert-emdria");
    expect(ids).not.toContain("ca-qc-permit");
    expect(ids).not.toContain("us-lmft");
  });

  it("speaks only of regions and compacts that exist", () => {
    const compacts = listCompacts().map((compact) => compact.id);
    for (const type of listCredentialTypes()) {
      if (type.compact) expect(compacts).toContain(type.compact);
      const exact = type.jurisdictions.filter((pattern) => !pattern.endsWith("*"));
      const named = [...exact, ...Object.keys(type.abbreviationByRegion?.values ?? {})];
      expect(
        named.filter((code) => !findRegion(code)),
        type.id,
      ).toEqual([]);
    }
  });
});

describe("training catalogue", () => {
  it("is of kinds that readers can search for", () => {
    const kinds = listTrainingCatalogue().flatMap((training) => training.kinds);
    expect(kinds.filter((kind) => !findTerm("training", kind))).toEqual([]);
  });
});
