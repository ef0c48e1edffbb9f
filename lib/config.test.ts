import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { SetupError } from "./errors.ts";

function masterKey(byte: number, form: "base64" | "base64url" = "base64"): string {
  return Buffer.alloc(32, byte).toString(form);
}

test("everything has a default or may be missing, and empty is missing", () => {
  expect(readConfig({ PORT: "", SITE_NAME: "" })).toMatchObject({
    PORT: 3000,
    SITE_NAME: "Parasol",
  });
});

test.each([
  [{ PORT: "many" }, "PORT"],
  [{ PORT: "70000" }, "PORT"],
  [{ EXIT_URL: "javascript:alert(1)" }, "EXIT_URL"],
  [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL"],
  [{ MIGRATION_DATABASE_URL: "owner@localhost" }, "MIGRATION_DATABASE_URL"],
  [{ MIGRATION_DATABASE_URL: "postgres://owner@localhost/x" }, "MIGRATION_DATABASE_URL"],
  [{ STAFF_URL: "https://staff.example" }, "STAFF_URL"],
  [{ STAFF_URL: "https://a.example:1", SITE_URL: "https://a.example" }, "STAFF_URL"],
  [{ STAFF_URL: "http://b.example", SITE_URL: "https://a.example" }, "STAFF_URL"],
  [
    { DATABASE_REPLICA_URL: "replica:5432", DATABASE_URL: "postgres://a/b" },
    "DATABASE_REPLICA_URL",
  ],
  [
    { DATABASE_REPLICA_URL: "postgres://a/b,http://c/d", DATABASE_URL: "postgres://a/b" },
    "DATABASE_REPLICA_URL",
  ],
  [{ DATABASE_REPLICA_URL: "postgres://a/b" }, "DATABASE_REPLICA_URL"],
  [{ DATABASE_POOL: "1" }, "DATABASE_POOL"],
  [{ DATABASE_WORKER_POOL: "6" }, "DATABASE_WORKER_POOL"],
  [{ DATABASE_WORKER_POOL: "12", MEILI_URL: "http://a,http://b" }, "DATABASE_WORKER_POOL"],
  [{ DATABASE_POOLER: "pgbouncer" }, "DATABASE_POOLER"],
  [{ MEILI_URL: "localhost:7700" }, "MEILI_URL"],
  [{ MEILI_URL: "http://a:7700,ftp://b" }, "MEILI_URL"],
  [{ MEILI_URL: "http://a:7700,,http://b" }, "MEILI_URL"],
  [{ MEILI_URL: "http://a:7700," }, "MEILI_URL"],
  [{ MEILI_URL: " , " }, "MEILI_URL"],
  [{ MEILI_URL: "http://a:7700,HTTP://A:7700/" }, "MEILI_URL"],
  [{ MEILI_URL: "http://a,http://key:secret@a:80" }, "MEILI_URL"],
  [{ MEILI_URL: `http://${"a".repeat(120)}` }, "MEILI_URL"],
  [{ MEILI_MASTER_KEY: "short" }, "MEILI_MASTER_KEY"],
  [{ MASTER_KEY: "c2hvcnQ=" }, "MASTER_KEY"],
  [{ MASTER_KEY_BEFORE: masterKey(1) }, "MASTER_KEY_BEFORE"],
  [{ MASTER_KEY: masterKey(1), MASTER_KEY_BEFORE: "c2hvcnQ=" }, "MASTER_KEY_BEFORE"],
  // The same 32 bytes, written in another way.
  [{ MASTER_KEY: masterKey(251), MASTER_KEY_NEXT: masterKey(251, "base64url") }, "MASTER_KEY_NEXT"],
  [
    {
      MASTER_KEY: masterKey(1),
      MASTER_KEY_NEXT: masterKey(2),
      MASTER_KEY_BEFORE: masterKey(3),
    },
    "MASTER_KEY_NEXT",
  ],
  [{ SMTP_URL: "mail.example:25" }, "SMTP_URL"],
  [{ AUTH_SECRET: "short" }, "AUTH_SECRET"],
  [{ DEMO: "yes" }, "DEMO"],
  [{ VETTING_CADENCE: "yearly" }, "VETTING_CADENCE"],
  [{ VETTING_CADENCE: "[]" }, "VETTING_CADENCE"],
  [{ VETTING_CADENCE: '{"weeks":{}}' }, "VETTING_CADENCE"],
])("%o stops the process and names the variable", (env, name) => {
  expect(() => readConfig(env)).toThrow(SetupError);
  expect(() => readConfig(env)).toThrow(new RegExp(`${name}: .* Example: `));
});

test.each([
  [{ days: { credential: 0 } }, "VETTING_CADENCE (days.credential): Too small"],
  [{ days: { credential: "180" } }, "VETTING_CADENCE (days.credential): Invalid input"],
  [{ days: { licence: 180 } }, 'VETTING_CADENCE (days): Unrecognized key: "licence"'],
  [{ ahead: { exclusion: 35 } }, "VETTING_CADENCE: ahead.exclusion must be less than"],
  [{ days: { everything: 30 } }, "VETTING_CADENCE: ahead.identity must be less than"],
])("a cadence of %o is refused with its place", (cadence, why) => {
  expect(() => readConfig({ VETTING_CADENCE: JSON.stringify(cadence) })).toThrow(why);
});

test("a cadence is the defaults and what was changed", () => {
  const changes = { days: { credential: 180 }, ahead: { credential: 30 } };
  const { VETTING_CADENCE: cadence } = readConfig({ VETTING_CADENCE: JSON.stringify(changes) });
  expect(cadence?.days).toMatchObject({ credential: 180, identity: 1095, training: null });
  expect(cadence?.ahead).toMatchObject({ credential: 30, identity: 60 });
});
