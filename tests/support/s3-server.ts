import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll } from "vitest";
import { type Config, readConfig } from "#lib/config.ts";

/** A real S3 server of this machine for one test file; `config` is filled in before the tests. */
export function testS3(): { config: Config; stop: () => Promise<void>; folder: string } {
  const made = { config: readConfig({}), folder: "", stop: async () => {} };
  beforeAll(async () => {
    made.folder = await mkdtemp(join(tmpdir(), "parasol-s3-"));
    const server = new S3rver({
      address: "127.0.0.1",
      port: 0,
      silent: true,
      directory: made.folder,
      configureBuckets: [{ name: "documents" }],
    });
    const { port } = await server.run();
    let running = true;
    made.stop = async () => {
      if (running) await server.close();
      running = false;
    };
    made.config = readConfig({
      EVIDENCE_STORE: "s3://documents/parasol/here",
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    });
  });
  afterAll(async () => {
    await made.stop();
    await rm(made.folder, { recursive: true, force: true });
  });
  return made;
}
