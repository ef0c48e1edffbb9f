import type { Sql } from "postgres";

/** The database is not as this release needs it. The message says where, and what to do. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

export type Stand = {
  /** `empty`: nobody made a table yet. `other`: tables, but not ours. */
  kind: "empty" | "other" | "older" | "same" | "newer";
  /** How many migrations it had. */
  done: number;
  /** How many migrations a release must have to run on it. */
  floor: number;
  /** Database and server, such as `parasol at 127.0.0.1:5432`; never a password. */
  place: string;
};

/** Where a pool leads to. */
export function placeOf({ options: { host, port, database } }: Sql): string {
  return `${database} at ${host.map((name, at) => `${name}:${port[at]}`).join(", ")}`;
}

/**
 * How a database stands to a release.
 * @param ours the hashes of its migrations, in order
 * @param place as `placeOf` says
 */
export async function readStand(sql: Sql, ours: readonly string[], place: string): Promise<Stand> {
  const [found] = await sql<{ ours: boolean; tables: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as ours, exists (
      select from pg_class c where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    ) as tables`;
  if (!found?.ours) return { kind: found?.tables ? "other" : "empty", done: 0, floor: 0, place };
  const rows = await sql<{ hash: string }[]>`
    select hash from drizzle.__drizzle_migrations order by id`;
  const done = rows.length;
  // A table that a first migration was about to fill when it was cut.
  if (done === 0) return { kind: found.tables ? "other" : "empty", done, floor: 0, place };
  const alike = rows.every(({ hash }, at) => at >= ours.length || hash === ours[at]);
  const kind = !alike ? "other" : done < ours.length ? "older" : "newer";
  const floor = await readFloor(sql);
  return { kind: kind === "newer" && done === ours.length ? "same" : kind, done, floor, place };
}

/**
 * A release cannot know what later ones did, so they say it: a comment on Drizzle's own table. Only
 * a contract step raises it (docs/decisions/0027).
 */
export async function raiseFloor(floor: number, sql: Sql): Promise<void> {
  if (floor <= (await readFloor(sql))) return;
  await sql.unsafe(`comment on table drizzle.__drizzle_migrations is
    'floor ${Math.trunc(floor)}: a release with fewer migrations than this must not run here'`);
}

async function readFloor(sql: Sql): Promise<number> {
  const [row] = await sql<{ note: string | null }[]>`
    select obj_description('drizzle.__drizzle_migrations'::regclass) as note`;
  return Number(/^floor (\d+)/.exec(row?.note ?? "")?.[1] ?? 0);
}

/**
 * @returns a word for operators where the database is newer and this release may run all the same
 * @throws SchemaError when this release cannot run on it
 */
export function requireUsable(stand: Stand, ours: number): string | null {
  const { kind, done, floor, place } = stand;
  const says = `The database ${place}`;
  if (kind === "same") return null;
  if (kind === "newer" && floor <= ours) {
    return `${says} is of a newer release (${done} migrations, this one has ${ours}). This one may still run on it.`;
  }
  if (kind === "newer") {
    throw new SchemaError(
      `${says} is of a newer release (${done} migrations, this one has ${ours}), and this one cannot\n` +
        `run on it any more: at least ${floor} migrations are needed.\n` +
        "  Start the newer release again. To go back for good, restore the backup from before the\n" +
        "  upgrade into a new database: deploy/RUNBOOK.md, “Upgrade”.",
    );
  }
  if (kind === "other") throw new SchemaError(foreign(stand));
  const what =
    kind === "empty"
      ? "has no tables yet, and this role may not make them"
      : `is older: it had ${done} of ${ours} migrations, and this role may not apply the rest`;
  throw new SchemaError(
    `${says} ${what}.\n` +
      "  Bring it up to date first: node scripts/up/prepare.ts, with MIGRATION_DATABASE_URL set to the\n" +
      "  owner of the tables. Or set MIGRATION_DATABASE_URL here, for a command that migrates by itself.",
  );
}

export function foreign({ place, done }: Stand): string {
  const why =
    done > 0
      ? "its migrations are not those of this release, nor of one before or after it"
      : "it holds tables, and none of them says that Parasol made it";
  return (
    `The database ${place} is of something else: ${why}. Nothing was changed.\n` +
    "  Correct DATABASE_URL (and MIGRATION_DATABASE_URL). Parasol needs a database of its own:\n" +
    "  create database parasol owner parasol;"
  );
}
