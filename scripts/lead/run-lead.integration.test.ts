import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { SetupError } from "#lib/errors.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { runLead } from "./run-lead.ts";

accountEnvironment();
const database = testDatabase();
const said: string[] = [];

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", database.url);
  vi.spyOn(console, "log").mockImplementation((line) => said.push(line));
});
afterEach(() => {
  said.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const first = { email: "first@provider.net", locale: "es", recovery: null } as const;
const leads = async () =>
  (await database.db.select().from(people))
    .filter(({ roles }) => roles.includes("lead"))
    .map(({ email }) => email);

test("the first lead is made and told what comes next; a second is not", async () => {
  await runLead(first);
  expect(await leads()).toEqual([first.email]);
  expect(said.join("\n")).toContain("https://directory.example/es/sign-in");
  await expect(runLead({ ...first, email: "second@provider.net" })).rejects.toThrow(SetupError);
  await expect(runLead(first)).rejects.toThrow("There is a lead already");
  expect(await leads()).toEqual([first.email]);
});

test("recovering says who is a lead no more", async () => {
  const recovery = { reason: "The first has left", alone: true };
  await runLead({ email: "second@provider.net", locale: "en", recovery });
  expect(await leads()).toEqual(["second@provider.net"]);
  expect(said).toContain("first@provider.net is a lead no more.");
});

test("without an address of the site nothing is changed", async () => {
  vi.stubEnv("SITE_URL", "");
  const recovery = { reason: "No address of the site", alone: false };
  await expect(runLead({ ...first, email: "third@provider.net", recovery })).rejects.toThrow(
    SetupError,
  );
  expect(await leads()).toEqual(["second@provider.net"]);
});
