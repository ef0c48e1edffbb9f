import { readFileSync, readlinkSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { meiliKey, openFiles, site, upFile, withChildren } from "../support/running-site.ts";
import { type Forms, shapesIn } from "./needle.ts";
import { unpacked } from "./unpacked.ts";

type Place = readonly [where: string, bytes: Buffer];

type Wanted = {
  /** Processes that are not the site's own, and serve it all the same. */
  pids: readonly number[];
  /** When the words were made: what the build wrote before cannot hold them. */
  since: number;
};

/** What was searched, and where one of the words was found: the place and its shapes there. */
export type Finds = { places: number; bytes: number; found: Map<string, string[]>[] };

/**
 * Searches every place in which the site could have kept something: files and what lies packed in
 * them, every table, every index, and what the system shows of its processes.
 */
export async function searchEverywhere(
  words: readonly Forms[],
  { pids, since }: Wanted,
): Promise<Finds> {
  const finds: Finds = { places: 0, bytes: 0, found: words.map(() => new Map()) };
  for await (const [where, whole] of everyPlace({ pids, since })) {
    finds.places += 1;
    for await (const layer of unpacked(whole)) {
      finds.bytes += layer.length;
      for (const [at, forms] of words.entries()) {
        const shapes = shapesIn(layer, forms);
        if (shapes.length > 0) finds.found[at]?.set(where, shapes);
      }
    }
  }
  return finds;
}

async function* everyPlace({ pids, since }: Wanted): AsyncGenerator<Place> {
  const { pid, migrationDatabaseUrl } = upFile();
  const sql = postgres(migrationDatabaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`checkpoint`;
    const [cluster] = await sql`show data_directory`;
    const processes = [...withChildren(pid), ...pids.flatMap(withChildren)];
    const folders = [site.home, String(cluster?.data_directory)];
    const files = (await Promise.all(folders.map(filesBelow))).flat();
    const built = (await filesBelow(".next")).filter((path) => statSync(path).ctimeMs > since);
    yield* readAll(new Set([...files, ...built, ...processes.flatMap(otherFiles)]));
    for (const each of processes) {
      for (const fact of ["environ", "cmdline"]) yield* readAll([`/proc/${each}/${fact}`]);
    }
    yield* everyTable(sql);
  } finally {
    await sql.end();
  }
  yield* everyIndex();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
}

/** Whatever a process has open and can write, be it deleted already: libraries are not that. */
function otherFiles(pid: number): string[] {
  return openFiles(pid).filter((path) => {
    try {
      const flags = /flags:\s*(\d+)/.exec(readFileSync(path.replace("/fd/", "/fdinfo/"), "utf8"));
      const writes = (Number.parseInt(flags?.[1] ?? "0", 8) & 3) !== 0;
      return writes && statSync(path).isFile() && !readlinkSync(path).startsWith(site.home);
    } catch {
      return false;
    }
  });
}

async function* readAll(paths: Iterable<string>): AsyncGenerator<Place> {
  for (const path of paths) {
    // Engines tidy up while they are looked at: what is gone keeps nothing.
    const bytes = await readFile(path).catch(() => null);
    if (bytes) yield [path, bytes];
  }
}

async function* everyTable(sql: postgres.Sql): AsyncGenerator<Place> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const activity = "pg_catalog.pg_stat_activity";
  for (const name of [...tables.map((table) => table.name), activity]) {
    const rows = await sql.unsafe(`select t::text as row from ${name} t`);
    yield [`table ${name}`, Buffer.from(rows.map(({ row }) => row).join("\n"))];
  }
}

async function* everyIndex(): AsyncGenerator<Place> {
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${meiliKey()}` };
    return (await fetch(`${upFile().meiliUrl}${path}`, { headers })).text();
  };
  const { results }: { results: { uid: string }[] } = JSON.parse(await ask("/indexes?limit=1000"));
  for (const path of [
    "/tasks?limit=1000",
    "/stats",
    ...results.flatMap(({ uid }) => [
      `/indexes/${uid}/documents?limit=100000`,
      `/indexes/${uid}/settings`,
    ]),
  ]) {
    yield [`search engine ${path}`, Buffer.from(await ask(path))];
  }
}
