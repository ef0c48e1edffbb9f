import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listCredentialTypes, listRegions } from "#lib/reference/queries.ts";
import { readReference } from "#lib/reference/read-reference.ts";
import { jurisdictionMatches } from "#lib/reference/rules.ts";
import {
  addressFault,
  bestPlaybook,
  fallbackPlaybook,
  hasRegister,
  isSought,
  ownPlaybook,
  suggestions,
} from "./rules.ts";
import { shippedPlaybooks } from "./shipped-playbooks.ts";

const shipped = shippedPlaybooks();
const candidates = shipped.map(({ id, content }) => ({ id, ...content }));

/** Every credential that someone can claim, in every place where they can. */
const claims = listCredentialTypes().flatMap((type) => {
  const places = listRegions().filter(({ code }) =>
    type.jurisdictions.some((pattern) => jurisdictionMatches(pattern, code)),
  );
  return places.map(({ code }) => ({ type, place: code }));
});

describe("the shipped playbooks", () => {
  test("answer for every credential in every place, none by the fall-back", () => {
    const found = claims.map(({ type, place }) => bestPlaybook(candidates, type.id, place)?.id);
    expect(found.length).toBeGreaterThan(1500);
    expect(found.filter((id) => id === undefined || id === fallbackPlaybook)).toEqual([]);
  });

  test("lead to the register that the reference data names for the place", () => {
    const { stateLookups } = readReference("credential-types");
    for (const { type, place } of claims) {
      const own = type.registers.find(({ regions }) => regions?.includes(place));
      const state = stateLookups.find(
        ({ jurisdiction, onlyTypes }) =>
          type.stateLookup && jurisdiction === place && (onlyTypes?.includes(type.id) ?? true),
      );
      const url = own?.url ?? state?.url;
      if (url)
        expect(bestPlaybook(candidates, type.id, place)?.url, `${type.id} ${place}`).toBe(url);
    }
  });

  test("name every register of the reference data", () => {
    const urls = new Set(candidates.map(({ url }) => url));
    const { items, stateLookups } = readReference("credential-types");
    const named = [...stateLookups, ...items.flatMap(({ registers }) => registers)];
    const told = candidates.map(({ steps }) => steps.en).join(" ");
    const missing = named.filter(
      ({ url }) => url && !urls.has(url) && !told.includes(new URL(url).hostname),
    );
    expect(missing).toEqual([]);
  });

  test("name no credential and no place that is not there", () => {
    const types = new Set(listCredentialTypes().map(({ id }) => id));
    for (const { id, credentialTypes, jurisdictions } of candidates) {
      expect(
        credentialTypes.filter((type) => !types.has(type)),
        id,
      ).toEqual([]);
      const unknown = jurisdictions.filter(
        (pattern) => !listRegions().some(({ code }) => jurisdictionMatches(pattern, code)),
      );
      expect(unknown, id).toEqual([]);
    }
  });

  test("suggest only what can be decided on a look, and have addresses that anyone can open", () => {
    for (const { id, url, statusWords } of candidates) {
      expect(url === null ? null : addressFault(url), id).toBeNull();
      for (const { suggests } of statusWords) {
        expect(["", ...suggestions], id).toContain(suggests);
      }
    }
  });

  test("say how sure we are of each address", () => {
    const notes = Object.values(readReference("playbooks").addressNotes);
    for (const { id, url, steps } of candidates) {
      const says = notes.some(({ en, es }) => steps.en.endsWith(en) && steps.es.endsWith(es));
      expect(says, id).toBe(url !== null);
    }
  });

  test("are refused whole when they name a text that is not there", () => {
    const file = structuredClone(readReference("playbooks"));
    Object.assign(file.items[0] ?? {}, { statusWords: "toString" });
    expect(() => shippedPlaybooks(file)).toThrow("names no “toString”");
  });
});

describe("the best playbook", () => {
  const make = (id: string, credentialTypes: string[], ...jurisdictions: string[]) => ({
    id,
    credentialTypes,
    jurisdictions,
  });
  const all = [
    make("other", [], "*"),
    make("anywhere", ["a"], "*"),
    make("country", ["a", "b"], "US-*"),
    make("state", ["a"], "US-CA", "US-OR"),
    make("beside", [], "US-CA"),
  ];

  test.each([
    ["a", "US-CA", "state"],
    ["a", "US-TX", "country"],
    ["a", "GB-ENG", "anywhere"],
    ["b", "US-CA", "country"],
    ["b", "GB-ENG", "other"],
    ["unknown", "US-CA", "other"],
    [null, "US-CA", "other"],
    ["a", null, "anywhere"],
  ])("of %s in %s is %s, in whatever order they come", (type, place, id) => {
    expect(bestPlaybook(all, type, place)?.id).toBe(id);
    expect(bestPlaybook(all.toReversed(), type, place)?.id).toBe(id);
  });

  test("of nothing is nothing", () => {
    expect(bestPlaybook([], "a", "US-CA")).toBeUndefined();
  });
});

test.each([
  ["credential", null, true, null],
  ["credential", "psypact", true, "compact-psypact"],
  ["discipline", "psypact", true, null],
  ["exclusion", null, true, "us-oig-leie"],
  ["identity", null, true, null],
  ["supervision", null, true, null],
  ["insurance", null, false, null],
  ["training", null, false, null],
  ["practice-statements", null, false, null],
] as const)("%s by %s: a register %s, of its own %s", (claimType, compactId, has, own) => {
  expect(hasRegister({ claimType, compactId })).toBe(has);
  expect(ownPlaybook({ claimType, compactId })).toBe(own);
  const known = shipped.some(({ id }) => id === own);
  expect(known).toBe(own !== null);
});

test.each(readReference("jurisdictions").compacts.map(({ id }) => id))(
  "compact %s has one",
  (id) => {
    expect(shipped.map((playbook) => playbook.id)).toContain(`compact-${id}`);
  },
);

describe("an address", () => {
  test.each([
    "https://register.example/search?type=a#top",
    "http://register.example",
    "https://www.pals.pa.gov/#!/page/search",
    "https://register.example:8443/",
    "https://österreich.example/",
  ])("%s is fine", (address) => expect(addressFault(address)).toBeNull());

  test.each([
    "",
    "register.example",
    "ftp://register.example",
    "javascript:alert(1)",
    "data:text/html,hi",
    "https://",
    "https:///",
    "https://register .example",
    "https://user:secret@register.example",
    "https://register.example:99999",
    "https:register.example",
    "//register.example",
  ])("%s is none", (address) => expect(addressFault(address)).toBe("not-url"));

  test.each([
    "http://localhost:3000",
    "http://LOCALHOST",
    "http://a.localhost",
    "http://127.0.0.1",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.1",
    "http://0177.0.0.1",
    "http://10.0.0.1",
    "http://192.168.1.1",
    "http://169.254.169.254/latest",
    "http://8.8.8.8",
    "http://[::1]",
    "http://[::ffff:127.0.0.1]",
    "http://[fd00::1]",
    "http://router",
    "http://router.",
    "http://router.local",
    "http://db.internal.",
  ])("%s stays inside", (address) => expect(addressFault(address)).toBe("private-address"));

  test("that passes is one of the web with a name, whatever was typed", () => {
    const part = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        "http://",
        "https://",
        "ftp:",
        "//",
        "@",
        ":",
        ".",
        "/",
        "#",
        "[::1]",
        "127.1",
      ),
      fc.constantFrom("localhost", ".local", "board.example", "0x7f.1", "%31", "\u3002"),
    );
    const address = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));
    const withScheme = address.map((rest) => `https://${rest}`);
    fc.assert(
      fc.property(fc.oneof(address, withScheme), (text) => {
        if (addressFault(text) !== null) return;
        const { protocol, hostname, username } = new URL(text);
        expect(["http:", "https:"]).toContain(protocol);
        expect(hostname).toContain(".");
        expect(hostname).not.toMatch(/^[\d.]+$|^\[|(^|\.)(localhost|local)\.?$/);
        expect(username).toBe("");
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  [{ country: "", words: "" }, true],
  [{ country: "US", words: "board" }, true],
  [{ country: "US", words: "California  BOARD" }, true],
  [{ country: "GB", words: "board" }, false],
  [{ country: "", words: "council" }, false],
])("a list by country and words: %j %s", (sought, found) => {
  const line = { name: "California: Board of Things", jurisdictions: ["US-CA"] };
  expect(isSought(line, sought)).toBe(found);
  expect(isSought({ ...line, jurisdictions: ["*"] }, { ...sought, country: "GB" })).toBe(
    sought.words !== "council",
  );
});
