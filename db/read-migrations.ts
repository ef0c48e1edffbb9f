import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { releases } from "./releases.ts";

export const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

export type Migration = {
  /** The name of its file, such as `0000_directory`. */
  tag: string;
  /** Of its whole text, as Drizzle keeps it. */
  hash: string;
  /** When it was made, in ms: Drizzle's own order. */
  when: number;
  text: string;
  statements: string[];
  /** Each statement by itself, where Postgres takes it no other way. */
  outside: boolean;
  /** A release with fewer migrations than this cannot run any more; 0 where all can. */
  floor: number;
};

/** On the first line of what cannot be in a transaction, such as CREATE INDEX CONCURRENTLY. */
export const outsideMark = "-- outside a transaction";

/** Names the release since when nothing needs what the statement below takes away. */
export const contractMark = /^-- contract since (\S+): \S/gm;

const breakpoint = "--> statement-breakpoint";

/** The migrations of a folder as Drizzle's kit writes it, in order. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const journal = readFileSync(`${folder}/meta/_journal.json`, "utf8");
  const { entries } = JSON.parse(journal) as { entries: { tag: string; when: number }[] };
  return entries.map(({ tag, when }) => {
    const text = readFileSync(`${folder}/${tag}.sql`, "utf8");
    return {
      tag,
      hash: createHash("sha256").update(text).digest("hex"),
      when,
      text,
      statements: text.split(breakpoint),
      outside: text.split("\n", 1)[0]?.trim() === outsideMark,
      floor: floorOf(text, tag),
    };
  });
}

function floorOf(text: string, tag: string): number {
  const named = [...text.matchAll(contractMark)].map(([, version]) => version);
  const floors = named.map((version) => {
    const release = releases().find((one) => one.version === version);
    if (release) return release.migrations;
    throw new Error(`${tag} names release ${version}, which is not in db/releases.json`);
  });
  return Math.max(0, ...floors);
}
