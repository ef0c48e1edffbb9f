import { join, resolve } from "node:path";
import { type Config, readConfig } from "#lib/config.ts";
import { localStore } from "./local-store.ts";
import { s3Store } from "./s3-store.ts";
import { type Store, withSafeRefs } from "./store.ts";

const opened = new Map<string, Store>();

/** The store of the configuration: an S3 bucket, else a folder in DATA_DIR. Asks nothing of it yet. */
export function openStore(config: Config = readConfig()): Store {
  const where = config.EVIDENCE_STORE ?? join(resolve(config.DATA_DIR), "store");
  const key = JSON.stringify([where, config.S3_ENDPOINT, config.S3_ACCESS_KEY_ID]);
  const known = opened.get(key);
  if (known) return known;
  const store = withSafeRefs(config.EVIDENCE_STORE ? s3Store(where, config) : localStore(where));
  opened.set(key, store);
  return store;
}
