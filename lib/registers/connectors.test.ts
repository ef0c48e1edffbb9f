import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { listActiveConnectors, listConnectors } from "./connectors.ts";

const folder = mkdtempSync(join(tmpdir(), "parasol-registers-"));
const path = join(folder, "registers.json");
afterAll(() => rmSync(folder, { recursive: true }));

const one = {
  id: "us-nv-boards",
  name: "Nevada boards",
  url: "https://boards.example/roster.csv",
  columns: { number: "No", fullName: "Name", status: "Status" },
  active: ["Active"],
  credentialTypes: ["us-lmft"],
  jurisdictions: ["US-NV"],
};

function connectors(...registers: object[]) {
  writeFileSync(path, JSON.stringify({ registers }));
  return listConnectors(readConfig({ REGISTERS: path }));
}

test("registers are known as configured, and asked only when that is switched on", () => {
  expect(connectors(one).map(({ id }) => id)).toEqual(["nppes", "leie", "csv:us-nv-boards"]);
  expect(listActiveConnectors(readConfig({ REGISTERS: path }))).toEqual([]);
  expect(listActiveConnectors(readConfig({ DEMO: "1" }))).toEqual([]);
  const on = readConfig({ REGISTERS: path, REGISTER_LOOKUPS: "1" });
  expect(listActiveConnectors(on)).toHaveLength(3);
});

test.each<[RegExp, object[]]>([
  [/registers\.0: .*"colour"/, [{ ...one, colour: "red" }]],
  [/registers\.0\.id: small letters/, [{ ...one, id: "Nevada Boards" }]],
  [/registers\.0: needs either url or file/, [{ ...one, file: "/tmp/roster.csv" }]],
  [/registers\.0: needs either url or file/, [{ ...one, url: undefined }]],
  [/registers\.0\.url: must begin with https/, [{ ...one, url: "http://boards.example/" }]],
  [/registers\.0\.url/, [{ ...one, url: "file:///etc/passwd" }]],
  [/registers\.0\.columns\.status/, [{ ...one, columns: { number: "No" } }]],
  [/registers\.0\.columns: needs at least one of/, [{ ...one, columns: { status: "Status" } }]],
  [
    /registers\.0\.columns: firstName and lastName/,
    [{ ...one, columns: { status: "Status", lastName: "Name" } }],
  ],
  [/registers\.0\.active/, [{ ...one, active: [] }]],
  [/registers\.0\.jurisdictions\.0: such as US-OR/, [{ ...one, jurisdictions: ["Nevada"] }]],
  [/we know no type us-wizard/, [{ ...one, credentialTypes: ["us-wizard"] }]],
  [/registers\.1\.id: us-nv-boards is there twice/, [one, one]],
])("%s", (why, registers) => {
  expect(() => connectors(...registers)).toThrow(SetupError);
  expect(() => connectors(...registers)).toThrow(why);
});

test("a file that is not there, or no JSON, is named", () => {
  const missing = readConfig({ REGISTERS: join(folder, "none.json") });
  expect(() => listConnectors(missing)).toThrow(/none\.json.*\n.*cannot be read \(ENOENT\)/);
  writeFileSync(path, "{");
  expect(() => listConnectors(readConfig({ REGISTERS: path }))).toThrow(/not usable/);
});

test.each([
  ["NPPES_URL", "http://registry.example/api/"],
  ["NPPES_URL", "http://127.0.0.1.registry.example/"],
  ["LEIE_URL", "ftp://registry.example/UPDATED.csv"],
  ["LEIE_URL", "http://localhost.example/"],
  ["REGISTER_LOOKUPS", "yes"],
])("%s=%s is refused", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}: .* Example: `));
});

test.each(["http://127.0.0.1:4000/api", "http://localhost:4000/", "http://[::1]:4000/"])(
  "%s is this machine",
  (url) => expect(readConfig({ NPPES_URL: url }).NPPES_URL).toBe(url),
);
