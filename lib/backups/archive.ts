import { once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { extract, pack } from "tar-stream";
import { RestoreError } from "./rules.ts";

export type Entry = { header: { name: string }; [Symbol.asyncIterator](): AsyncIterator<unknown> };
export type Put = (name: string, bytes: Buffer) => Promise<void>;

/**
 * Writes a tar, gzipped, in an age file: `age -d` and `tar -xz` open it without us. Memory stays the
 * same however large it is. @param fill puts the entries, one after another
 */
export async function writeArchive(
  recipient: string,
  to: Writable,
  fill: (put: Put) => Promise<void>,
): Promise<void> {
  const tar = pack();
  const zipped = createGzip({ level: 6 });
  const written = writeAge(recipient, tar.pipe(zipped), to);
  // Whoever fails first ends the other, so that nobody waits for a stream that has gone.
  tar.once("error", (error) => zipped.destroy(error));
  written.catch((error) => tar.destroy(error));
  const put: Put = async (name, bytes) => {
    const entry = tar.entry({ name, size: bytes.length, mode: 0o600 });
    const done = once(entry, "finish");
    entry.end(bytes);
    await Promise.race([done, written.then(() => done)]);
  };
  try {
    await fill(put);
    tar.finalize();
  } catch (error) {
    tar.destroy(error instanceof Error ? error : undefined);
    await written.catch(() => undefined);
    throw error;
  }
  await written;
}

async function writeAge(recipient: string, plain: Readable, to: Writable): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(Readable.toWeb(plain) as globalThis.ReadableStream);
  await sealed.pipeTo(Writable.toWeb(to) as WritableStream);
}

/**
 * Reads the entries in their order; each must be read before the next is asked for.
 * @param identities lines of an age identity file
 * @throws RestoreError("not-a-backup", "wrong-identity" or "damaged")
 */
export async function* readArchive(from: Readable, identities: string[]): AsyncGenerator<Entry> {
  const plain = Readable.fromWeb((await openAge(from, identities)) as ReadableStream);
  const tar = extract();
  const unzipped = createGunzip();
  const fail = (cause: Error) => tar.destroy(new RestoreError("damaged", "", { cause }));
  plain.once("error", fail).pipe(unzipped).once("error", fail).pipe(tar);
  try {
    for await (const entry of tar) yield entry;
  } catch (error) {
    throw error instanceof RestoreError || !isStreamFault(error)
      ? error
      : new RestoreError("damaged", "", { cause: error });
  } finally {
    from.destroy();
    plain.destroy();
  }
}

function isStreamFault(error: unknown): boolean {
  return error instanceof Error && /tar|Z_|ERR_STREAM|Unexpected end/.test(`${error.message}`);
}

/** All of a small entry. */
export async function readEntry(entry: Entry): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Opens a small age file as a whole. @throws the same */
export async function openSmall(bytes: Uint8Array, identities: string[]): Promise<Buffer> {
  const plain = await openAge(Readable.from([Buffer.from(bytes)]), identities);
  try {
    return Buffer.from(await new Response(plain).arrayBuffer());
  } catch (cause) {
    throw new RestoreError("damaged", "", { cause });
  }
}

export async function sealSmall(bytes: Uint8Array, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(bytes);
}

async function openAge(from: Readable, identities: string[]): Promise<globalThis.ReadableStream> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  let tried = false;
  decrypter.addIdentity({
    // Asked last, and only when no key before it fits.
    unwrapFileKey: () => {
      tried = true;
      return null;
    },
  });
  try {
    const source = from.pipe(new PassThrough());
    return await decrypter.decrypt(Readable.toWeb(source) as globalThis.ReadableStream);
  } catch (cause) {
    throw new RestoreError(tried ? "wrong-identity" : "not-a-backup", "", { cause });
  }
}
