import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Config, readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { openStore } from "#lib/storage/open-store.ts";

/**
 * Looks whether documents and photos can be kept. A bucket is only asked whether it knows us; one that
 * does not answer may pass by itself.
 * @throws SetupError
 */
export async function requireStore(config: Config = readConfig()): Promise<void> {
  const store = openStore(config);
  if (!config.EVIDENCE_STORE) return requireFolder(join(resolve(config.DATA_DIR), "store"));
  try {
    await store.get("evidence/nothing");
  } catch (error) {
    const name = error instanceof Error && error.cause instanceof Error ? error.cause.name : "";
    const advice = refusals[name];
    if (!advice) return;
    throw new SetupError(
      `EVIDENCE_STORE ${config.EVIDENCE_STORE}: it refuses us (${name}).\n  ${advice}`,
    );
  }
}

const refusals: Record<string, string> = {
  NoSuchBucket: "Create the bucket, or correct EVIDENCE_STORE and S3_ENDPOINT.",
  InvalidAccessKeyId: "Correct S3_ACCESS_KEY_ID.",
  SignatureDoesNotMatch: "Correct S3_SECRET_ACCESS_KEY.",
  AccessDenied: "Let this user read, write, list and delete in the bucket.",
};

function requireFolder(folder: string): void {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, "x", { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const full = code === "ENOSPC" || code === "EDQUOT";
    if (full) rmSync(probe, { force: true });
    const why = full ? "is full" : "cannot be written";
    const advice = full
      ? "Make room on that disk, or set DATA_DIR to a folder on another one."
      : "Run as the user who owns it, or set DATA_DIR to a folder of your own.";
    throw new SetupError(
      `The folder of documents and photos ${folder} ${why} (${code}).\n  ${advice}`,
    );
  }
}
