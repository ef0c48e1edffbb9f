import { isPrefix, isRef } from "./rules.ts";

export type Stored = { ref: string; storedAt: Date };

/**
 * Where bytes lie that are too large for a table. Each ref is written once. Every method throws
 * UnavailableError("storage") when the store does not do what it was asked.
 */
export type Store = {
  put(ref: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing under the ref. */
  get(ref: string): Promise<Buffer | null>;
  /** Deleting what is not there is no mistake. */
  delete(ref: string): Promise<void>;
  /** All that lies below a prefix such as `evidence/`, with what broken writes left behind. */
  list(prefix: string): Promise<Stored[]>;
};

/** The same store, refusing refs that are not ours before anything is touched. */
export function withSafeRefs(store: Store): Store {
  const checked = (ref: string) => {
    if (!isRef(ref)) throw new Error("not a ref of the store");
    return ref;
  };
  return {
    put: async (ref, bytes) => store.put(checked(ref), bytes),
    get: async (ref) => store.get(checked(ref)),
    delete: async (ref) => store.delete(checked(ref)),
    list: async (prefix) => {
      if (!isPrefix(prefix)) throw new Error("not a prefix of the store");
      return store.list(prefix);
    },
  };
}
