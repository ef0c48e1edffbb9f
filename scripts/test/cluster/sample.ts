import { chownSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { root } from "../../checkout.ts";
import type { UserIds } from "../../engines/unprivileged.ts";

/**
 * Writes a sample for operators with ports and paths of ours in the place of its own.
 * @param changes what each sample says exactly once, and what it says here
 * @param to where it goes, for the given user alone
 */
export function writeSample(
  name: string,
  changes: readonly [old: string, now: string][],
  { to, user }: { to: string; user?: UserIds | undefined },
): void {
  const text = readFileSync(join(root, "deploy", name), "utf8");
  writePrivate(
    to,
    changes.reduce((all, [old, now]) => {
      if (all.split(old).length === 2) return all.replace(old, now);
      throw new SetupError(`deploy/${name} should say “${old}” once: the proof changes it there.`);
    }, text),
    user,
  );
}

export function writePrivate(path: string, text: string, user: UserIds | undefined): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (user) chownSync(path, user.uid, user.gid);
}
