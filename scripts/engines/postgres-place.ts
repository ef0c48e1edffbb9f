import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { readFacts, writeFacts } from "./data-dir.ts";
import { readablePlace } from "./readable-place.ts";
import { canWorkIn, type UserIds, unprivilegedUser } from "./unprivileged.ts";

/** Where the database lives and who runs it. */
export interface PostgresPlace {
  /** Belongs to `user`, mode 700; the cluster is `cluster` in it. */
  home: string;
  cluster: string;
  user: UserIds | undefined;
}

interface Facts {
  home: string;
}

const factsName = "postgres-home.json";

/** Found again when it was made before, wherever that was; else made where its user can work. */
export function postgresPlace(dataDir: string): PostgresPlace {
  const inside = join(dataDir, "postgres");
  const home = [inside, readFacts<Facts>(dataDir, factsName)?.home].find(
    (path) => path !== undefined && existsSync(join(path, "cluster")),
  );
  if (home) return { home, cluster: join(home, "cluster"), user: ownerOf(home) };
  const user = unprivilegedUser();
  if (prepare(inside, user)) return { home: inside, cluster: join(inside, "cluster"), user };
  rmSync(inside, { recursive: true, force: true });
  const outside = join(outsidePlace(dataDir), "postgres");
  if (!prepare(outside, user)) {
    throw new SetupError(
      `Postgres, run as user ${user?.uid}, can use neither ${inside} nor ${outside}.\n` +
        "  Set DATA_DIR to a folder that user can reach, such as /var/lib/parasol.",
    );
  }
  writeFacts<Facts>(dataDir, factsName, { home: outside });
  return { home: outside, cluster: join(outside, "cluster"), user };
}

/** Removes what a throw-away data folder had to put elsewhere. */
export function removeOutsidePlace(dataDir: string): void {
  const home = readFacts<Facts>(dataDir, factsName)?.home;
  if (home && home === join(outsidePlace(dataDir), "postgres")) {
    rmSync(dirname(home), { recursive: true, force: true });
  }
}

function outsidePlace(dataDir: string): string {
  const key = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  return readablePlace(`parasol-${key}`);
}

function prepare(home: string, user: UserIds | undefined): boolean {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (user) chownSync(home, user.uid, user.gid);
  return canWorkIn(home, user);
}

/** Data made by one user is run by that user, also when root starts it later. */
function ownerOf(home: string): UserIds | undefined {
  const { uid, gid } = statSync(home);
  const us = process.getuid?.();
  if (us === undefined || us === uid) return undefined;
  if (us === 0) return { uid, gid };
  throw new SetupError(
    `${home} belongs to user ${uid}: it was made by another user, or by root.\n` +
      "  Start it as that user, or set DATA_DIR to a folder of your own.",
  );
}
