import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkReference, readReference } from "./read-reference.ts";
import { vanishedIds } from "./rules.ts";
import { type ReferenceName, referenceSchemas } from "./schema.ts";

const folder = new URL("../../db/seed/reference/", import.meta.url);
const names = Object.keys(referenceSchemas) as ReferenceName[];
const lock: Record<string, string[]> = JSON.parse(
  readFileSync(new URL("ids.lock.json", folder), "utf8"),
);

describe.each(names)("%s.json", (name) => {
  it("is as its schema says", () => {
    expect(() => readReference(name)).not.toThrow();
  });

  it("has each id once", () => {
    for (const [list, ids] of Object.entries(idsIn(name))) {
      expect(duplicates(ids), list).toEqual([]);
    }
  });

  it("has an English and a Spanish text for each label", () => {
    for (const pair of bilingual(readReference(name))) {
      expect(pair.en.trim(), JSON.stringify(pair)).not.toBe("");
      expect(pair.es.trim(), JSON.stringify(pair)).not.toBe("");
    }
  });

  it("names its groups before it uses them", () => {
    const file = readReference(name) as { groups?: { id: string }[]; items?: { group?: string }[] };
    const known = new Set(file.groups?.map((group) => group.id));
    const used = file.items?.flatMap((item) => (item.group ? [item.group] : [])) ?? [];
    expect(used.filter((group) => !known.has(group))).toEqual([]);
  });

  it("cannot be changed by who reads it", () => {
    expect(Object.isFrozen(readReference(name))).toBe(true);
  });
});

describe("the reference folder", () => {
  it("holds no file that nobody reads", () => {
    const files = readdirSync(folder).filter((file) => file !== "ids.lock.json");
    expect(files.sort()).toEqual(names.map((name) => `${name}.json`).sort());
  });

  it("says which file is wrong, and where in it", () => {
    const broken = structuredClone(readReference("concerns"));
    Object.assign(broken.items[2]?.label ?? {}, { es: "" });
    expect(() => checkReference("concerns", broken)).toThrow(
      /concerns\.json is not as expected:\n {2}items\.2\.label\.es:/,
    );
  });

  it("labels nothing with a word that sex workers ask us to avoid", () => {
    const avoided = readReference("work-contexts").avoidTerms.map(({ term }) =>
      (term.split(/ [/(]/)[0] ?? term).toLowerCase(),
    );
    expect(avoided).toContain("prostitute");
    const labels = names
      .filter((name) => name !== "credential-types" && name !== "jurisdictions")
      .flatMap((name) => bilingual(readReference(name)).map((label) => label.en.toLowerCase()));
    const words = avoided.map((term) => new RegExp(`\\b${term}\\b`));
    expect(labels.filter((label) => words.some((word) => word.test(label)))).toEqual([]);
  });
});

describe("ids.lock.json", () => {
  const current = Object.assign({}, ...names.map((name) => idsIn(name)));

  it("still finds every id that was ever published", () => {
    expect(vanishedIds(lock, current)).toEqual([]);
  });

  it("lists every id, so that none can vanish unseen: add what is new", () => {
    expect(vanishedIds(current, lock)).toEqual([]);
  });

  it("would notice an id that disappears", () => {
    const without = {
      ...current,
      modalities: current.modalities.filter((id: string) => id !== "emdr"),
    };
    expect(vanishedIds(lock, without)).toEqual(["modalities: emdr"]);
    expect(vanishedIds(lock, {})).toContain("jurisdictions.regions: US-CA");
  });
});

function idsIn(name: ReferenceName): Record<string, string[]> {
  const ids: Record<string, string[]> = {};
  for (const [key, list] of Object.entries(readReference(name))) {
    if (!Array.isArray(list) || key === "stateLookups") continue;
    const found = list.flatMap((item) => {
      const scale = name === "scales" && "group" in item ? `${item.group}/` : "";
      return item?.id || item?.code ? [`${scale}${item.id ?? item.code}`] : [];
    });
    if (found.length > 0) ids[key === "items" ? name : `${name}.${key}`] = found;
  }
  return ids;
}

function bilingual(value: unknown): { en: string; es: string }[] {
  if (typeof value !== "object" || value === null) return [];
  if ("en" in value || "es" in value) return [value as { en: string; es: string }];
  return Object.values(value).flatMap(bilingual);
}

function duplicates(ids: string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
