import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MailKind, mailKinds } from "#db/vocabulary.ts";
import { locales, wordsFor } from "#lib/words/labels.ts";
import { composeMail } from "./compose-mail.ts";
import {
  decisionNews,
  expiringThings,
  keyChanges,
  type MailContent,
  parseMailContent,
  securityChanges,
} from "./schema.ts";

const url = "https://directory.example/a?b=1&c=2";
const decay = { labelledAt: 45, acceptingDroppedAt: 60, hiddenAt: 90 };

/** Every kind at least once, and every variant of those that have some. */
const samples: Record<MailKind, unknown[]> = {
  "sign-in": [{ url }],
  "address-change-old": [{ url, newAddress: "new@mail.example" }],
  "address-change-new": [{ url }],
  "security-notice": securityChanges.map((what) => ({ what })),
  "confirm-openings": [1, 30].map((days) => ({ url, accountUrl: `${url}#account`, days, decay })),
  "listing-hidden": [{ url, days: 90 }],
  "expiry-reminder": expiringThings.map((what) => ({ what, name: "LMFT", day: "2027-03-31", url })),
  "submission-received": [{ day: "2026-12-24" }],
  invitation: [{ acceptUrl: url, neverUrl: `${url}#never`, community: "A Community" }],
  "deletion-asked": [{ day: "2026-12-24", url }],
  "questions-asked": [1, 3].map((count) => ({ count, url })),
  "decision-made": decisionNews.flatMap((what) =>
    ["2026-12-24", null].map((appealUntil) => ({ what, reason: "A reason.", appealUntil, url })),
  ),
  "roles-changed": [{ url }],
  "messages-waiting": [{ url }],
  "message-key-changed": keyChanges.map((what) => ({
    what,
    fingerprint: "0123 4567 89ab cdef 0123 4567 89ab cdef",
    activeFrom: what === "waiting" ? "2027-03-31" : null,
    url,
  })),
};

const contents: MailContent[] = mailKinds.flatMap((kind) =>
  samples[kind].map((params) => parseMailContent(kind, params)),
);
const each = locales.flatMap((locale) => contents.map((content) => ({ locale, content })));
const compose = (content: MailContent, locale: "en" | "es" = "en") =>
  composeMail(content, wordsFor(locale), "Parasol");

describe.each(each)("$content.kind in $locale", ({ locale, content }) => {
  const { subject, text, html } = compose(content, locale);

  test("has a subject that shows nothing on a locked screen", () => {
    expect(subject).not.toMatch(/[{}]|\n/);
    expect(subject.length).toBeLessThan(60);
    expect(subject).not.toMatch(/sex|escort|porn|worker|therap|terap|trabajo|listing of/i);
  });

  test("begins, in both parts, with words that could stand in any mail", () => {
    expect(text.slice(0, 100)).not.toMatch(/sex|escort|porn|trabajo sexual/i);
    expect(html).toContain(`<html lang="${locale}">`);
  });

  test("says all it was told, links included, in both parts", () => {
    for (const value of Object.values(content.params)) {
      if (typeof value !== "string" || !/^https|@|Community|LMFT/.test(value)) continue;
      expect(text).toContain(value);
      expect(html).toContain(value.replaceAll("&", "&amp;"));
    }
    expect(`${text}${html}`).not.toMatch(/\{|\}|undefined|mail\.kind/);
  });

  test("loads nothing and tracks nothing", () => {
    expect(html).not.toMatch(/<img|<link|<script|<style|src=|background|@import|url\(/i);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.every((href) => href?.startsWith("https://directory.example/"))).toBe(true);
  });
});

test("languages differ", () => {
  for (const content of contents) {
    expect(compose(content, "es").text).not.toBe(compose(content, "en").text);
  }
});

test("whatever a name or a community is called, it is text and never markup", () => {
  fc.assert(
    fc.property(
      fc
        .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
        .filter((name) => name.trim() !== ""),
      fc.constantFrom(
        "<img src=x onerror=alert(1)>",
        `"><a href="//evil.example">`,
        "{site}",
        "&amp;",
        "'",
      ),
      (name, spike) => {
        const community = `${name}${spike}`.trim();
        const content = parseMailContent("invitation", {
          acceptUrl: url,
          neverUrl: url,
          community,
        });
        const { text, html } = compose(content);
        expect(text).toContain(community);
        const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
        expect(tags.length).toBe(16);
        const unescaped = html
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&");
        expect(unescaped).toContain(community);
      },
    ),
  );
});

describe("what a mail must be told is checked before it waits", () => {
  test.each([
    ["sign-in", { url: "javascript:alert(1)" }],
    ["sign-in", {}],
    ["sign-in", { url, more: 1 }],
    ["security-notice", { what: "password-changed" }],
    ["expiry-reminder", { what: "licence", name: " ", day: "2027-03-31", url }],
    ["expiry-reminder", { what: "licence", name: "LMFT", day: "31.3.2027", url }],
    ["address-change-old", { url, newAddress: "a@b.example, c@d.example" }],
  ] as const)("%s with %o", (kind, params) => {
    expect(() => parseMailContent(kind, params)).toThrow();
  });
});
