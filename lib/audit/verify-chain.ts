import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { auditChain } from "#db/schema/audit.ts";
import { hashLink } from "./hash-link.ts";
import { readHead } from "./read-head.ts";
import { firstUnlinked, type Link, readLinks } from "./read-links.ts";
import { type ChainFault, emptyHead, type Head } from "./rules.ts";

export type Verdict =
  | { fault: null; rows: number; head: Head }
  /** `rows`: links that are well before the first that is not. */
  | { fault: ChainFault; rows: number };

export type VerifyOptions = {
  /** A head of this chain that was kept elsewhere. */
  kept?: Head | null;
  onProgress?: (rows: number, all: number) => void;
  signal?: AbortSignal;
};

/**
 * Hashes every event again and holds it against its link, and the last against a kept head. Names
 * the first row that is not as it was written. Memory stays the same however long the chain is, and
 * nobody has to wait for it: an event and its link are committed together.
 */
export async function verifyChain(
  options: VerifyOptions = {},
  db: Db = primary(),
): Promise<Verdict> {
  const { kept = null, onProgress, signal } = options;
  const all = (await readHead(db)).seq;
  let head = emptyHead;
  for await (const links of readLinks(db)) {
    signal?.throwIfAborted();
    for (const link of links) {
      const fault = await faultOf(link, head, kept, db);
      if (fault) return { fault, rows: head.seq };
      head = { seq: head.seq + 1, hash: link.hash };
      if (kept?.seq === head.seq && kept.hash !== head.hash) {
        return { fault: { fault: "not-the-kept-chain", ...namesOf(link) }, rows: head.seq - 1 };
      }
    }
    onProgress?.(head.seq, all);
  }
  const unlinked = await firstUnlinked(db);
  if (kept && kept.seq > head.seq) {
    return { fault: { fault: "cut-off", seq: head.seq + 1, eventId: unlinked }, rows: head.seq };
  }
  if (unlinked !== null) {
    return { fault: { fault: "event-unlinked", seq: null, eventId: unlinked }, rows: head.seq };
  }
  return { fault: null, rows: head.seq, head };
}

/** What is wrong with the link that should follow this head. */
async function faultOf(
  link: Link,
  { seq, hash }: Head,
  kept: Head | null,
  db: Db,
): Promise<ChainFault | null> {
  const next = seq + 1;
  if (Number(link.seq) > next) {
    return { fault: "link-missing", seq: next, eventId: await firstUnlinked(db) };
  }
  const names = namesOf(link);
  // Below 1 there is none: somebody put it there.
  if (link.seq !== String(next)) return { fault: "chain-broken", ...names };
  if (!link.event) return { fault: "event-missing", ...names };
  const due = hashLink(hash, next, link.event);
  if (link.before !== hash) {
    return { fault: due === link.hash ? "link-changed" : "chain-broken", ...names };
  }
  if (due === link.hash) return null;
  // Either event or link was changed. What the hash was, the link after it says, or the kept head.
  const was = kept?.seq === next ? kept.hash : await hashBefore(next + 1, db);
  return { fault: was === due ? "link-changed" : "event-changed", ...names };
}

function namesOf({ seq, eventId }: Link): Pick<ChainFault, "seq" | "eventId"> {
  return { seq: Number(seq), eventId };
}

async function hashBefore(seq: number, db: Db): Promise<string | undefined> {
  const [row] = await db
    .select({ before: auditChain.before })
    .from(auditChain)
    .where(eq(auditChain.seq, seq));
  return row?.before;
}
