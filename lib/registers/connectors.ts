import { readFileSync } from "node:fs";
import { type Config, readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { findCredentialType } from "#lib/reference/queries.ts";
import type { Connector } from "./connector.ts";
import { leie } from "./leie.ts";
import { nppes } from "./nppes.ts";
import { roster } from "./roster.ts";
import { type RosterSettings, registersFile } from "./schema.ts";

type Settings = Pick<Config, "REGISTER_LOOKUPS" | "NPPES_URL" | "LEIE_URL" | "REGISTERS">;

/** The registers that are asked: none at all unless the site's keeper switched them on. */
export function listActiveConnectors(config: Settings = readConfig()): Connector[] {
  return config.REGISTER_LOOKUPS === "1" ? listConnectors(config) : [];
}

/** All that are known, asked or not. @throws SetupError when REGISTERS is not as it should be */
export function listConnectors(config: Settings = readConfig()): Connector[] {
  return [
    nppes(config.NPPES_URL),
    leie(config.LEIE_URL),
    ...readRosters(config.REGISTERS).map((settings) => roster(settings)),
  ];
}

function readRosters(path: string | undefined): RosterSettings[] {
  if (path === undefined) return [];
  const parsed = registersFile.safeParse(readJson(path));
  const problems = parsed.success
    ? problemsOf(parsed.data.registers)
    : parsed.error.issues.map(({ path: at, message }) => `${at.join(".")}: ${message}`);
  if (!parsed.success || problems.length > 0) throw unusable(path, problems);
  return parsed.data.registers;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw unusable(path, [code ? `it cannot be read (${code})` : message]);
  }
}

/** What the shape alone cannot say. */
function problemsOf(registers: readonly RosterSettings[]): string[] {
  return registers.flatMap(({ id, credentialTypes }, place) => [
    ...(registers.findIndex((other) => other.id === id) < place
      ? [`registers.${place}.id: ${id} is there twice`]
      : []),
    ...credentialTypes
      .filter((type) => !findCredentialType(type))
      .map((type) => `registers.${place}.credentialTypes: we know no type ${type}`),
  ]);
}

function unusable(path: string, problems: readonly string[]): SetupError {
  const lines = problems.map((problem) => `  ${problem}`);
  return new SetupError(
    `REGISTERS, the file ${path}, is not usable:\n${lines.join("\n")}\nSee docs/decisions/0019-registers.md.`,
  );
}
