import { desc } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { auditChain } from "#db/schema/audit.ts";
import { emptyHead, type Head } from "./rules.ts";

/** The last link: kept elsewhere, it shows whether the chain was cut or made anew since. */
export async function readHead(db: Db = primary()): Promise<Head> {
  const [last] = await db
    .select({ seq: auditChain.seq, hash: auditChain.hash })
    .from(auditChain)
    .orderBy(desc(auditChain.seq))
    .limit(1);
  return last ?? emptyHead;
}
