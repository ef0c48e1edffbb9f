import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { SetupError } from "./errors.ts";

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
  [{ MEILI_URL: "localhost:7700" }, "MEILI_URL"],
  [{ MEILI_MASTER_KEY: "short" }, "MEILI_MASTER_KEY"],
  [{ SMTP_URL: "mail.example:25" }, "SMTP_URL"],
  [{ AUTH_SECRET: "short" }, "AUTH_SECRET"],
  [{ DEMO: "yes" }, "DEMO"],
])("%o stops the process and names the variable", (env, name) => {
  expect(() => readConfig(env)).toThrow(SetupError);
  expect(() => readConfig(env)).toThrow(new RegExp(`${name}: .* Example: `));
});
