import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { sessionCookieName } from "#lib/auth/session-cookie.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { buildSiteAssets } from "../../../../scripts/build/site-assets.ts";
import { makePng } from "../../../../tests/support/files/pictures.ts";
import { saveWholeProfile } from "../../../../tests/support/own-profile.ts";
import { smallDisk } from "../../../../tests/support/small-disk.ts";
import { accountEnvironment, signedIn } from "../../../../tests/support/test-accounts.ts";
import { testDatabase } from "../../../../tests/support/test-database.ts";

accountEnvironment();
const database = testDatabase();
const disk = smallDisk();
const site = "https://directory.example";
let token = "";

const routes = {
  "/account/evidence/identity/-": () => import("./evidence/[subject]/[claimId]/route.tsx"),
  "/account/photo": () => import("./photo/route.tsx"),
};
type Path = keyof typeof routes;
const paths = Object.keys(routes) as Path[];
/** A document that is larger than the disk, and a photo some of whose sizes have room. */
const pictures: Record<Path, () => Promise<Buffer>> = {
  "/account/evidence/identity/-": () => makePng({ width: 200, height: 200, noise: true }),
  "/account/photo": () => makePng(),
};

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: database.url, DATA_DIR: disk.folder });
  await buildSiteAssets();
  await loadReference(database.db);
  const owner = await signedIn(database.db, { email: "owner@provider.net" });
  token = owner.token;
  await saveWholeProfile(owner.session, database.db, "LIC-1234");
  return async () => {
    const { primaryConnection } = await import("#db/client.ts");
    await primaryConnection().sql.end({ timeout: 1 });
  };
});

async function send(path: Path, locale: "en" | "es") {
  const form = new FormData();
  form.append(
    "file",
    new File([new Uint8Array(await pictures[path]())], "me.png", { type: "image/png" }),
  );
  const { POST } = (await routes[path]()) as { POST: Handler };
  const request = new Request(`${site}${locale === "es" ? "/es" : ""}${path}`, {
    method: "POST",
    headers: { cookie: `${sessionCookieName}=${token}`, origin: site },
    body: form,
  });
  const params = Promise.resolve({ locale, subject: "identity", claimId: "-" });
  const answer = await POST(request, { params } as never);
  const to = answer.headers.get("location");
  return { status: answer.status, to, html: await answer.text() };
}

type Handler = (request: Request, context: never) => Promise<Response>;

/** Files that lie in the store, whole or half. */
const kept = () =>
  readdirSync(disk.folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== "store",
  ).length;

async function written(): Promise<unknown> {
  const [row] = await database.sql`
    select (select count(*)::integer from evidence) as documents,
      (select count(*)::integer from profile_revisions where photo_id is not null) as photos,
      (select count(*)::integer from audit_events
        where verb like 'evidence.%' or verb like '%photo%') as events`;
  return row;
}

const words = {
  en: "We cannot keep files just now: our disk is full",
  es: "Ahora no podemos guardar archivos: nuestro disco está lleno",
};

for (const path of paths) {
  for (const locale of ["en", "es"] as const) {
    test(`${path} on a full disk says so (${locale}), and keeps nothing`, async () => {
      const before = await written();
      const { status, html } = await send(path, locale);
      expect(status).toBe(503);
      expect(html).toContain(words[locale]);
      expect(html).toMatch(/<input type="file"[^>]*aria-invalid="true"/);
      expect([await written(), kept()]).toEqual([before, 0]);
    });
  }
}

test("when there is room again, the same form is taken, and nobody had to do anything", async () => {
  disk.grow();
  for (const path of paths) {
    expect(await send(path, "en")).toMatchObject({ status: 303, to: `${path}?done=added` });
  }
  expect(kept()).toBeGreaterThan(1);
});
