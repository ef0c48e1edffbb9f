import { array, assert, constantFrom, property, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { fullView } from "../../tests/support/editor-view.ts";
import { fieldsOf } from "./profile-fields.ts";
import { differences, type ProfileField, wordParts } from "./rules.ts";

const all = { licences: true };
const words = string({ unit: constantFrom("a", "b", " ", "\n", "é", "—"), maxLength: 60 });
const joined = (parts: ReturnType<typeof wordParts>, left: string) =>
  parts
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join("");

describe("word by word", () => {
  test.each([
    ["We go slowly.", "We go very slowly.", "We go [+very +]slowly."],
    ["I write nothing down.", "I write down.", "I write [-nothing -]down."],
    ["Same.", "Same.", "Same."],
    ["", "New.", "[+New.+]"],
    ["Old.", "", "[-Old.-]"],
    ["one two", "two three", "[-one -]two[+ three+]"],
    [
      "I go slowly with you.",
      "You set the pace with me.",
      "[-I go slowly with you.-][+You set the pace with me.+]",
    ],
  ])("%s -> %s", (before, after, marked) => {
    const marks = { same: ["", ""], del: ["[-", "-]"], ins: ["[+", "+]"] } as const;
    const text = wordParts(before, after).map((part) => marks[part.kind].join(part.text));
    expect(text.join("")).toBe(marked);
  });

  test("either text can be read back, and what is alike is marked once", () => {
    assert(
      property(words, words, (before, after) => {
        const parts = wordParts(before, after);
        expect(joined(parts, "ins")).toBe(before);
        expect(joined(parts, "del")).toBe(after);
        for (const [at, part] of parts.entries()) expect(part.kind).not.toBe(parts[at + 1]?.kind);
        if (before === after) expect(parts.every(({ kind }) => kind === "same")).toBe(true);
      }),
    );
  });
});

describe("field by field", () => {
  const changed = (change: object, revision: object = {}) => {
    const after = {
      ...fullView,
      ...change,
      revision: fullView.revision && { ...fullView.revision, ...revision },
    };
    return differences(fieldsOf(fullView, all), fieldsOf(after, all)).map(
      ({ topic, field, item, before, after: later }) => ({
        at: [topic, field, item?.label].filter(Boolean).join(" "),
        before: before.map(({ text }) => text),
        after: later.map(({ text }) => text),
      }),
    );
  };
  const [licence] = fullView.credentials;

  test("nothing changed, nothing said; from nothing, all of it", () => {
    expect(changed({})).toEqual([]);
    const fields = fieldsOf(fullView, all);
    expect(differences([], fields)).toHaveLength(
      fields.filter(({ values }) => values.length > 0).length,
    );
  });

  test("a text, a number, a choice", () => {
    expect(changed({}, { headline: "Other", feeMin: 90, slidingPlacesOpen: false })).toEqual([
      { at: "basics headline", before: [fullView.revision?.headline], after: ["Other"] },
      { at: "fees feeMin", before: ["120"], after: ["90"] },
      { at: "fees slidingPlacesOpen", before: ["true"], after: ["false"] },
    ]);
    expect(changed({ terms: fullView.terms.slice(1) })).toEqual([
      { at: "place format", before: ["in-person", "video"], after: ["video"] },
    ]);
  });

  test("a licence that takes the place of another is held against it", () => {
    const renewed = { ...licence, id: "credential-2", replacesId: "credential-1", number: "L9" };
    expect(changed({ credentials: [renewed] })).toEqual([
      { at: "licences number LCSW L9", before: ["L1234"], after: ["L9"] },
    ]);
  });

  test("what is wished away has gone, and licences are left out where they are not to be seen", () => {
    const gone = changed({ credentials: [{ ...licence, retireProposed: true }] });
    expect(gone.map(({ at }) => at)).toContain("licences number LCSW L1234");
    expect(gone.every(({ after }) => after.length === 0)).toBe(true);
    expect(fieldsOf(fullView, { licences: false }).map(({ topic }) => topic)).not.toContain(
      "licences",
    );
  });

  test("the legal name is no part of it", () => {
    expect(JSON.stringify(fieldsOf(fullView, all))).not.toContain(fullView.legalName);
  });

  test("applied to what stood before, differences give what stands after", () => {
    const field = tuple(
      constantFrom("headline", "about", "approach"),
      constantFrom("one", "two", null),
      array(words, { maxLength: 3 }),
    ).map(
      ([name, id, values]): ProfileField => ({
        topic: "about",
        field: name,
        item: id === null ? null : { id, label: null },
        sort: "text",
        values: values.map((text) => ({ text })),
      }),
    );
    const keyOf = ({ field: name, item }: Pick<ProfileField, "field" | "item">) =>
      `${name} ${item?.id}`;
    const profile = array(field, { maxLength: 9 }).map((fields) => [
      ...new Map(fields.map((each) => [keyOf(each), each])).values(),
    ]);
    const plain = (fields: readonly ProfileField[]) =>
      new Map(
        fields
          .filter(({ values }) => values.length > 0)
          .map((each) => [keyOf(each), each.values.map(({ text }) => text)]),
      );
    assert(
      property(profile, profile, (before, after) => {
        const applied = plain(before);
        for (const difference of differences(before, after)) {
          const now = difference.after.map(({ text }) => text);
          if (now.length === 0) applied.delete(keyOf(difference));
          else applied.set(keyOf(difference), now);
        }
        expect(new Map([...applied].toSorted())).toEqual(new Map([...plain(after)].toSorted()));
      }),
    );
  });
});
