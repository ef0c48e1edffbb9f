import { primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { lastHeard } from "./last-heard.ts";
import { hasWhatWasHeard, isNear, readStanding, type Standing } from "./replica-standing.ts";

/** How many replicas readers' pages could be read from now, of all that are known. */
export async function readyReplicas(
  truth: Truth = primaryTruth(),
): Promise<{ well: number; known: number }> {
  const looks = await Promise.allSettled(
    truth.replicas.map(({ circuit, db }) => circuit.run(() => readStanding(db))),
  );
  const well = looks.filter((look) => look.status === "fulfilled" && isUsed(look.value, truth));
  return { well: well.length, known: truth.replicas.length };
}

/** While the primary is away, none gets near to it any more. */
function isUsed(standing: Standing, { circuit }: Truth): boolean {
  const heard = lastHeard();
  if (circuit.isClosed() || heard === null) return isNear(standing);
  return hasWhatWasHeard(heard.stamp, standing);
}
