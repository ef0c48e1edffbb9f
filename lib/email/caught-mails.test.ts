import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepCaughtMail, listCaughtMails } from "./caught-mails.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parasol-caught-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mailAt = (number: number) => ({
  to: "a@mail.test",
  from: "Parasol <mail@localhost>",
  subject: `mail ${number}`,
  text: "text",
  html: "",
  receivedAt: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
});

test("the newest 200 are kept, newest first, for this user alone", () => {
  for (let number = 0; number < 205; number += 1) keepCaughtMail(folder, mailAt(number));
  const subjects = listCaughtMails(folder).map(({ subject }) => subject);
  expect(subjects).toHaveLength(200);
  expect(subjects.slice(0, 2)).toEqual(["mail 204", "mail 203"]);
  expect(subjects.at(-1)).toBe("mail 5");
  const [name = ""] = readdirSync(join(folder, "mails"));
  expect(statSync(join(folder, "mails", name)).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "mails")).mode & 0o777).toBe(0o700);
});

test("before the first mail there is none, and a broken file is passed over", () => {
  expect(listCaughtMails(folder)).toEqual([]);
  keepCaughtMail(folder, mailAt(1));
  writeFileSync(join(folder, "mails", "2026-broken.json"), "{");
  expect(listCaughtMails(folder)).toHaveLength(1);
});
