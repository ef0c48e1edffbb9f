import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { photos, profileRevisions } from "#db/schema/profiles.ts";
import { readArchive, readEntry } from "#lib/backups/archive.ts";
import { readConfig } from "#lib/config.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { photoRefs } from "#lib/photos/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { buildCopyProgram } from "../build/copy-program.ts";
import { buildSiteAssets } from "../build/site-assets.ts";
import { root } from "../checkout.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
const database = testDatabase();
let folder = "";
let copy = "";
let said = "";
let lia = { slug: "", therapist: "", revision: "" };
const photo = randomUUID();

beforeAll(async () => {
  await Promise.all([buildSiteAssets(), buildCopyProgram()]);
  folder = await mkdtemp(join(tmpdir(), "parasol-mirror-"));
  copy = join(folder, "copy");
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 40, today: todayUtc() });
  const [row] = await database.sql<(typeof lia)[]>`
    select t.slug, t.id as therapist, r.id as revision from therapists t
    join people p on p.id = t.person_id
    join profile_revisions r on r.therapist_id = t.id and r.state = 'live'
    where p.persona = 'lia-listed'`;
  if (row) lia = row;
  await database.db.insert(photos).values({ id: photo, therapistId: lia.therapist });
  await database.db
    .update(profileRevisions)
    .set({ photoId: photo })
    .where(eq(profileRevisions.id, lia.revision));
  const store = openStore(readConfig({ DATA_DIR: folder }));
  for (const ref of photoRefs(photo)) await store.put(ref, Buffer.from("a photo"));
  const ran = await mirror(["--to", copy]);
  expect(ran).toMatchObject({ code: 0 });
  said = ran.said;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function mirror(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["scripts/mirror.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"] as const,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      ...env,
    },
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => words.push(text));
  }
  const [code] = await once(child, "close");
  return { code, said: words.join("") };
}

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(path, posix.join(entry.parentPath, entry.name)))
    .toSorted();
}

const pagesIn = async (path: string) =>
  (await filesIn(path)).filter((name) => name.endsWith(".html"));
const read = (name: string) => readFile(join(copy, name), "utf8");
const visible = async () =>
  (
    await database.sql<{ slug: string }[]>`
      select t.slug from therapists t join people p on p.id = t.person_id
      where p.persona in ('lia-listed', 'uma-unconfirmed')`
  ).map(({ slug }) => slug);

test("every link leads to a file of the copy, and nothing in it runs or sends", async () => {
  const files = new Set(await filesIn(copy));
  const broken: string[] = [];
  let links = 0;
  for (const name of await pagesIn(copy)) {
    const html = await read(name);
    expect(html).not.toMatch(
      /<script|<form|<button|<input|<select|<textarea|javascript:|\son\w+=/i,
    );
    const here = new URL(name.replace(/index\.html$/, ""), "http://copy.example/");
    const addresses = [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, to]) => to);
    const sets = [...html.matchAll(/\ssrcSet="([^"]*)"/gi)].map(([, to]) => to);
    for (const to of [...addresses, ...sets] as string[]) {
      const url = new URL(to.replaceAll("&amp;", "&"), here);
      if (url.origin !== here.origin) continue;
      links += 1;
      const path = decodeURIComponent(url.pathname).slice(1);
      const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
      const target = files.has(file);
      const anchor = url.hash.slice(1);
      const named =
        !anchor ||
        file.endsWith(".svg") ||
        !target ||
        (await read(file)).includes(`id="${anchor}"`);
      if (!target || !named) broken.push(`${name}: ${to}`);
    }
  }
  expect(broken).toEqual([]);
  expect(links).toBeGreaterThan(1_000);
});

test("other sites are linked to and never asked, and no page is left without a way out", async () => {
  for (const name of await pagesIn(copy)) {
    const html = await read(name);
    expect(html).toContain('class="exit"');
    expect(html).toContain("default-src &#x27;none&#x27;");
    expect(html).toContain('content="noindex, nofollow"');
    expect(html).not.toMatch(/<(?:img|link|source)[^>]+(?:href|src|srcSet)="https?:/i);
    expect(html).not.toMatch(/\/sign-in|\/replies|\/write"|\/report"|\/compare/);
  }
  for (const sheet of ["assets/site.css"]) {
    const fonts = [...(await read(sheet)).matchAll(/url\(([^)]*)\)/g)].map(([, to]) => to);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts)
      expect((await stat(join(copy, "assets", `${font}`))).size).toBeGreaterThan(0);
  }
});

test("each page says that it is a copy and of when, in its language", async () => {
  const names = await pagesIn(copy);
  const spanish = names.filter((name) => name.startsWith("es/"));
  expect(spanish).toHaveLength(names.length / 2);
  for (const name of names) {
    const html = await read(name);
    expect(html).toContain(
      name.startsWith("es/") ? "Copia de solo lectura del" : "Read-only copy as of",
    );
    expect(html).toContain(`<html lang="${name.startsWith("es/") ? "es" : "en"}"`);
  }
  for (const path of ["", "guide/", "help-now/", "how-we-vet/", "trainings/", "privacy/"]) {
    expect(names).toContain(`${path}index.html`);
    expect(names).toContain(`es/${path}index.html`);
  }
});

test("holds everybody whom readers see, with how to reach them, and nobody else", async () => {
  const slugs = (await readdir(join(copy, "therapists"))).filter(
    (name) => !["in", "page", "index.html"].includes(name),
  );
  const listed = await database.sql<{ slug: string; persona: string | null }[]>`
    select t.slug, p.persona from therapists t join people p on p.id = t.person_id`;
  const hidden = listed.filter(({ slug }) => !slugs.includes(slug));
  expect(hidden.map(({ persona }) => persona)).toEqual(
    expect.arrayContaining(["sam-suspended", "paul-paused", "dana-draft", "remy-removed"]),
  );
  expect(slugs).toEqual(expect.arrayContaining(await visible()));
  expect(said).toContain(`${slugs.length} therapists`);
  const all = await Promise.all((await pagesIn(copy)).map(read));
  for (const { slug } of hidden) {
    expect(all.some((html) => html.includes(`/therapists/${slug}/`))).toBe(false);
  }
  const ways = await database.sql<{ value: string }[]>`
    select value from contact_ways where revision_id = ${lia.revision}`;
  expect(ways.length).toBeGreaterThan(0);
  for (const path of ["therapists", "es/therapists"]) {
    const html = await read(`${path}/${lia.slug}/index.html`);
    for (const { value } of ways) expect(html).toContain(value);
    expect(html).toContain(`/photos/${photo}/640.jpg`);
  }
  expect(await read(`photos/${photo}/192.avif`)).toBe("a photo");
});

test("lists are whole: each page of them, by region and all, names each one once", async () => {
  const slugs = (await readdir(join(copy, "therapists"))).filter(
    (name) => !["in", "page", "index.html"].includes(name),
  );
  const namedIn = async (path: string) => {
    const names = (await pagesIn(join(copy, path))).filter((name) =>
      /^(page\/\d+\/)?index\.html$/.test(name),
    );
    const pages = await Promise.all(names.map((name) => read(`${path}/${name}`)));
    return pages.flatMap((html) =>
      [...html.matchAll(/<h2><a href="\/therapists\/([^/"]+)\//g)].map(([, slug]) => slug ?? ""),
    );
  };
  expect((await namedIn("therapists")).toSorted()).toEqual(slugs.toSorted());
  const regions = await readdir(join(copy, "therapists", "in"));
  expect(regions.length).toBeGreaterThan(3);
  for (const region of regions) {
    const named = await namedIn(`therapists/in/${region}`);
    expect(new Set(named).size).toBe(named.length);
    expect(slugs).toEqual(expect.arrayContaining(named));
  }
});

test("nobody else can look into it, and the chain has word of it", async () => {
  expect((await stat(copy)).mode & 0o777).toBe(0o700);
  expect((await stat(join(copy, "index.html"))).mode & 0o777).toBe(0o600);
  const [event] = await database.sql`
    select details from audit_events where verb = 'mirror.write' order by id limit 1`;
  expect(event?.details).toMatchObject({ encrypted: false });
  expect(said).toContain("how to reach them");
});

test("does not mix with what is there, and touches nothing of it", async () => {
  const other = join(folder, "other");
  await mkdir(other, { mode: 0o755 });
  await writeFile(join(other, "mine"), "mine");
  for (const [to, words] of [
    [other, "is not empty"],
    [join(other, "mine"), "is a file"],
    [join(folder, "no", "such"), "cannot be written (ENOENT)"],
  ] as const) {
    const { code, said: refusal } = await mirror(["--to", to]);
    expect([code, refusal]).toEqual([1, expect.stringContaining(words)]);
  }
  expect(await readdir(other)).toEqual(["mine"]);
  expect((await stat(other)).mode & 0o777).toBe(0o755);
});

test("encrypted it is the same, for the holder of the key alone", async () => {
  const identity = await generateX25519Identity();
  const file = join(folder, "copy.age");
  const none = await mirror(["--to", file, "--encrypt"]);
  expect([none.code, none.said]).toEqual([
    1,
    expect.stringContaining("BACKUP_RECIPIENT is not set"),
  ]);
  const env = { BACKUP_RECIPIENT: await identityToRecipient(identity) };
  expect(await mirror(["--to", file, "--encrypt"], env)).toMatchObject({ code: 0 });
  const names: string[] = [];
  for await (const entry of readArchive(createReadStream(file), [identity])) {
    names.push(entry.header.name);
    const bytes = await readEntry(entry);
    if (entry.header.name === "index.html") expect(`${bytes}`).toBe(await read("index.html"));
  }
  expect(names.toSorted()).toEqual(await filesIn(copy));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const again = await mirror(["--to", file, "--encrypt"], env);
  expect([again.code, again.said]).toEqual([1, expect.stringContaining("is there already")]);
});
