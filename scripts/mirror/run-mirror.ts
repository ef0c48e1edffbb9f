import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { connect } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Put } from "#lib/backups/archive.ts";
import { inSnapshot } from "#lib/backups/write-backup.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { type CopiedPerson, listForCopy } from "#lib/mirror/queries.ts";
import { photoRefs } from "#lib/photos/rules.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { copyProgram } from "../build/built-files.ts";
import { root } from "../checkout.ts";
import type { MirrorOptions } from "./options.ts";
import { intoArchive, intoFolder } from "./sinks.ts";
import { doneLines, noRecipient, notBuilt } from "./words.ts";

type Written = { therapists: number; pages: number };
type WriteCopy = (people: AsyncIterable<CopiedPerson>, asOf: string, put: Put) => Promise<Written>;

/** Everything that readers see at this moment, as files; leaves word in the chain that it was written. */
export async function runMirror(options: MirrorOptions, signal: AbortSignal): Promise<void> {
  const { BACKUP_RECIPIENT: recipient } = readConfig();
  if (options.encrypt && !recipient) throw new SetupError(noRecipient);
  const writeCopy = await loadProgram();
  const [begun, asOf, to] = [performance.now(), todayUtc(), resolve(root, options.to)];
  let files = 0;
  const fill = (sink: Put) => {
    const put: Put = async (name, bytes) => {
      signal.throwIfAborted();
      await sink(name, bytes);
      files += 1;
    };
    return inSnapshot(requireDatabaseUrl(), async ({ db }) => {
      await putAssets(put);
      return writeCopy(withPhotos(listForCopy(asOf, db), put), asOf, put);
    });
  };
  const written =
    options.encrypt && recipient
      ? await intoArchive(to, recipient, fill)
      : await intoFolder(to, fill);
  await noteCopy({ ...written, encrypted: options.encrypt });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const done = { asOf, files, seconds, ...written };
  for (const line of doneLines({ ...options, to }, done)) console.log(line);
}

async function loadProgram(): Promise<WriteCopy> {
  const built = existsSync(copyProgram) && existsSync(join(root, "public", "assets", "site.css"));
  if (!built) throw new SetupError(notBuilt);
  // React is several times slower, and warns, where nobody says so.
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || "production" });
  return (await import(pathToFileURL(copyProgram).href)).writeCopy;
}

/** What reader pages fetch beside themselves: no script is among it. */
async function putAssets(put: Put): Promise<void> {
  const assets = join(root, "public", "assets");
  const fonts = await readdir(join(assets, "fonts"));
  const names = ["site.css", "mark.svg", "us-states.svg", ...fonts.map((font) => `fonts/${font}`)];
  for (const name of names) await put(`assets/${name}`, await readFile(join(assets, name)));
}

async function* withPhotos(
  people: AsyncIterable<CopiedPerson>,
  put: Put,
): AsyncGenerator<CopiedPerson> {
  const store = openStore();
  for await (const person of people) {
    const { photoId } = person.profile;
    for (const ref of photoId ? photoRefs(photoId) : []) {
      const bytes = await store.get(ref);
      if (bytes) await put(ref, bytes);
    }
    yield person;
  }
}

async function noteCopy(details: Record<string, unknown>): Promise<void> {
  const { sql, db } = connect(requireDatabaseUrl(), { max: 1 });
  try {
    const subject = { kind: "directory", id: "mirror" };
    await appendEvent({ actorId: null, verb: "mirror.write", subject, details }, db);
  } finally {
    await sql.end();
  }
}
