import { primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { hearNodes } from "./known-nodes.ts";
import { listHidden } from "./list-hidden.ts";
import { directoryStamp } from "./version.ts";

/** What this process knew of the directory when Postgres last answered it. */
export type Heard = {
  /** As `directoryStamp` said. */
  stamp: string;
  at: Date;
  /** Whom the search index may still hold, and readers must not see. */
  hidden: ReadonlySet<string>;
};

// The server listens, the bundled pages look: two module graphs in one process.
const place = globalThis as { parasolHeard?: Heard };

/** Null until Postgres has answered once: then nobody knows who was hidden. */
export function lastHeard(): Heard | null {
  return place.parasolHeard ?? null;
}

/** Asks how the directory stands, and when it has changed, who is hidden now. */
export async function hearDirectory(truth: Truth = primaryTruth()): Promise<Heard> {
  const stamp = await directoryStamp(truth);
  const known = lastHeard();
  const hidden =
    known?.stamp === stamp
      ? known.hidden
      : await truth.circuit.run(() => listHidden(todayUtc(), truth.db));
  place.parasolHeard = { stamp, at: new Date(), hidden };
  return place.parasolHeard;
}

const everyMs = 1_000;

/**
 * Keeps listening, to how the search nodes stand as well, until the signal, also while no reader asks: whoever is hidden a second before
 * Postgres goes away stays hidden.
 */
export function listenToDirectory(signal: AbortSignal): void {
  const listen = async () => {
    await Promise.all([hearDirectory(), hearNodes()]).catch(() => {
      // Postgres is away; what was heard last stands.
    });
    if (!signal.aborted) setTimeout(listen, everyMs).unref();
  };
  void listen();
}
