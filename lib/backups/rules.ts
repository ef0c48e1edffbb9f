/** Where a backup stands against this release, by the hashes of their migrations in order. */
export function standOf(
  backup: readonly string[],
  ours: readonly string[],
): "same" | "older" | "newer" | "other" {
  const shared = Math.min(backup.length, ours.length);
  for (let at = 0; at < shared; at += 1) if (backup[at] !== ours[at]) return "other";
  if (backup.length === ours.length) return "same";
  return backup.length < ours.length ? "older" : "newer";
}

/** Why a backup cannot be restored here; words for each in scripts/restore. */
export type RestoreFault =
  | "not-empty"
  | "not-a-backup"
  | "wrong-identity"
  | "damaged"
  | "cut-off"
  | "newer-release"
  | "other-release"
  | "other-master-key"
  | "ledger-older"
  | "ledger-of-another"
  | "chain-not-well"
  | "counts-differ";

export class RestoreError extends Error {
  override readonly name = "RestoreError";
  readonly fault: RestoreFault;

  /** @param detail names of tables and numbers, never what rows hold */
  constructor(fault: RestoreFault, detail = "", options?: ErrorOptions) {
    super(detail, options);
    this.fault = fault;
  }
}
