/** How the texts at a place stand. */
export type Stand = {
  /** `table.column`. */
  place: string;
  /** Whether the texts are sealed; else they are hashes. */
  sealed: boolean;
  /** Under MASTER_KEY already. */
  done: number;
  /** Still under MASTER_KEY_BEFORE alone. */
  left: number;
  /** Under neither, so that nobody can open them. */
  closed: number;
};

/** Why the key is not changed; words for each in scripts/rotate-key. Nothing was changed. */
export type RotateFault =
  | "not-changing"
  | "next-does-not-seal"
  | "wrong-key-before"
  | "used-before";

export class RotateError extends Error {
  override readonly name = "RotateError";
  readonly fault: RotateFault;
  /** Where texts open with neither key. */
  readonly stands: readonly Stand[];

  constructor(fault: RotateFault, stands: readonly Stand[] = []) {
    super(fault);
    this.fault = fault;
    this.stands = stands;
  }
}

export function sumOf(stands: readonly Stand[], what: "done" | "left" | "closed"): number {
  return stands.reduce((sum, stand) => sum + stand[what], 0);
}
