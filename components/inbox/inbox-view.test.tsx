import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import type { LetterView, OwnKey } from "#lib/enquiries/queries.ts";
import { keyStates } from "#lib/enquiries/rules.ts";
import { type Locale, locales } from "#lib/words/labels.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { InboxView } from "./inbox-view.tsx";
import { KeysView } from "./keys-view.tsx";

beforeAll(buildSiteAssets);

const pageIn = (locale: Locale) =>
  pageFor(locale, new URL("http://directory.example/account/messages"));
const letter: LetterView = {
  id: "letter-1",
  ciphertext: "QUJD".repeat(40),
  expiresOn: "2026-12-24",
  answered: false,
};

function key(change: Partial<OwnKey> = {}): OwnKey {
  return {
    id: "key-1",
    recipient: "age1recipient",
    wrappedByPassphrase: "wrapped by passphrase",
    wrappedByRecovery: "wrapped by recovery",
    wrappedByPasskey: null,
    createdAt: new Date("2026-11-24T09:41:17Z"),
    activeFrom: new Date("2026-11-24T09:41:17Z"),
    withdrawnAt: null,
    fingerprint: "0123 4567 89ab cdef 0123 4567 89ab cdef",
    state: "active",
    ...change,
  };
}

const draw = (letters: readonly LetterView[], locale: Locale = "en") =>
  renderToStaticMarkup(
    <InboxView
      page={pageIn(locale)}
      therapistId="therapist-1"
      keys={[key()]}
      inbox={{ letters: [...letters], total: letters.length, pages: 1 }}
      current={1}
      closed={false}
    />,
  );

const drawKeys = (keys: readonly OwnKey[], locale: Locale = "en") =>
  renderToStaticMarkup(<KeysView page={pageIn(locale)} keys={keys} news={null} />);

test("of a letter the page holds its id, its sealed text, its last day and whether it was answered", () => {
  // Whatever else a row should ever come to have.
  const more = { tokenHash: "canary-token", arrivedAt: "canary-time", therapistId: "canary-id" };
  const html = draw([{ ...letter, ...more }]);
  const [item = ""] = /<li data-letter.*?<\/li>/s.exec(html) ?? [];
  const attributes = [...item.matchAll(/ ([\w-]+)="/g)].map(([, name]) => name);
  expect([...new Set(attributes)].toSorted()).toEqual([
    "action",
    "class",
    "data-ciphertext",
    "data-expires-on",
    "data-letter",
    "data-until",
    "data-without",
    "method",
    "name",
    "tabindex",
    "type",
    "value",
  ]);
  expect(
    item
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  ).toBe(
    `Goes on 24 December 2026. Not answered The sealed text -----BEGIN AGE ENCRYPTED FILE----- ${letter.ciphertext.match(/.{1,64}/g)?.join(" ")} -----END AGE ENCRYPTED FILE----- Delete this message unread`,
  );
  expect(html).not.toContain("canary");
  expect(draw([{ ...letter, answered: true }])).toContain('data-answered="true"');
});

test("neither page tells a time of day", () => {
  const waiting = key({ id: "key-2", state: "waiting" });
  for (const html of [draw([letter]), drawKeys([waiting, key()])]) {
    expect(html).not.toMatch(/09:41|\d\d:\d\d:\d\d/);
  }
});

test.each(locales)("no text is missing in %s", (locale) => {
  const states = keyStates([key(), key()], new Date());
  const keys = [key({ state: "waiting" }), key(), key({ state: states[1] ?? "earlier" })];
  for (const html of [
    draw([letter], locale),
    draw([], locale),
    drawKeys([], locale),
    drawKeys(keys, locale),
    drawKeys([key({ state: "withdrawn" })], locale),
  ]) {
    expect(html).not.toMatch(/inbox\.\w+/);
  }
});

test("a key that waits can be cancelled, one that counts can be taken back, and no other", () => {
  const intents = (keys: readonly OwnKey[]) =>
    [...drawKeys(keys).matchAll(/value="(cancel|withdraw)"/g)].map(([, name]) => name);
  expect(intents([])).toEqual([]);
  expect(intents([key({ state: "waiting" }), key()])).toEqual(["cancel", "withdraw"]);
  expect(intents([key({ state: "withdrawn" })])).toEqual([]);
  // No second one can wait, and no field of a secret has a name.
  expect(drawKeys([key({ state: "waiting" }), key()])).not.toContain("data-new-key");
  for (const [field] of drawKeys([key()]).matchAll(/<input[^>]*type="password"[^>]*>/g)) {
    expect(field).not.toContain("name=");
  }
});
