import { createHash, randomUUID } from "node:crypto";
import { and, count, eq, lt, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { registerRows, registerSources } from "#db/schema/registers.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { enqueueExclusionMatch } from "#lib/jobs/enqueue.ts";
import type { Day } from "#lib/vetting/rules.ts";
import type { Connector, RegisterRow } from "./connector.ts";
import { leieId } from "./leie.ts";
import { notingSource } from "./note-source.ts";
import { hasShrunk, RegisterError } from "./rules.ts";

export type Difference = { rows: number; fresh: number; gone: number };

const batchSize = 1_000;

/**
 * Reads a register's file as a difference to the last one, in constant memory. The rows are laid
 * beside the old ones batch by batch and take their place at once at the end: of a file that is
 * broken, or has shrunk by a fifth, nothing stays. @throws RegisterError
 */
export function readRegister(
  { id, file }: Pick<Connector, "id" | "file">,
  today: Day,
  db: Db,
): Promise<Difference> {
  return notingSource(
    id,
    async () => {
      if (!file) throw new RegisterError("no-file");
      await clearOld(id, db);
      const besideId = `${id}.next.${randomUUID()}`;
      try {
        const { asOf, rows } = await file.open();
        await layBeside(besideId, rows, today, db);
        return await db.transaction((tx) => takeOver({ id, besideId, asOf, today }, tx));
      } finally {
        await clear(besideId, db);
      }
    },
    db,
  );
}

/** What a reading left that was killed: none takes longer than a day. */
async function clearOld(id: string, db: Db): Promise<void> {
  await db
    .delete(registerSources)
    .where(
      and(
        sql`starts_with(${registerSources.id}, ${`${id}.next.`})`,
        lt(registerSources.lastTriedAt, sql`now() - interval '1 day'`),
      ),
    );
}

/** The rows go with it. */
async function clear(besideId: string, db: Db): Promise<void> {
  await db.delete(registerSources).where(eq(registerSources.id, besideId));
}

async function layBeside(
  besideId: string,
  rows: AsyncIterable<RegisterRow>,
  today: Day,
  db: Db,
): Promise<void> {
  await db.insert(registerSources).values({ id: besideId, lastTriedAt: new Date() });
  let batch: RegisterRow[] = [];
  const lay = async () => {
    if (batch.length > 0) await insertBatch(besideId, batch, today, db);
    batch = [];
  };
  for await (const row of rows) {
    if (batch.push(row) === batchSize) await lay();
  }
  await lay();
}

async function insertBatch(
  sourceId: string,
  batch: readonly RegisterRow[],
  today: Day,
  db: Db,
): Promise<void> {
  await db
    .insert(registerRows)
    .values(
      batch.map(({ keys, fields }) => ({
        sourceId,
        rowHash: hashOf(fields),
        keys,
        fields,
        firstSeenOn: today,
        lastSeenOn: today,
      })),
    )
    .onConflictDoNothing();
}

function hashOf(fields: Record<string, string>): string {
  return createHash("sha256")
    .update(JSON.stringify(Object.entries(fields).toSorted()))
    .digest("hex");
}

type Reading = { id: string; besideId: string; asOf: string | null; today: Day };

async function takeOver({ id, besideId, asOf, today }: Reading, tx: Db): Promise<Difference> {
  await tx
    .select({ id: registerSources.id })
    .from(registerSources)
    .where(eq(registerSources.id, id))
    .for("update");
  const [before, now] = [await rowsOf(id, tx), await rowsOf(besideId, tx)];
  if (now === 0) throw new RegisterError("empty");
  if (hasShrunk(before, now)) throw new RegisterError("shrunk", `${before} ${now}`);
  const gone = await tx.execute(sql`delete from register_rows old where source_id = ${id}
    and not exists (${sameRow(besideId)})`);
  await tx.update(registerRows).set({ lastSeenOn: today }).where(eq(registerRows.sourceId, id));
  const fresh = await tx.execute(sql`update register_rows old set source_id = ${id}
    where source_id = ${besideId} and not exists (${sameRow(id)})`);
  await tx
    .update(registerSources)
    .set({ sourceAsOf: asOf, rows: now })
    .where(eq(registerSources.id, id));
  const difference = { rows: now, fresh: fresh.count, gone: gone.count };
  await appendEvent(
    {
      actorId: null,
      verb: "register.read",
      subject: { kind: "register", id },
      details: difference,
    },
    tx,
  );
  if (id === leieId) await enqueueExclusionMatch(tx);
  return difference;
}

function sameRow(sourceId: string) {
  return sql`select from register_rows other
    where other.source_id = ${sourceId} and other.row_hash = old.row_hash`;
}

async function rowsOf(sourceId: string, tx: Db): Promise<number> {
  const [row] = await tx
    .select({ rows: count() })
    .from(registerRows)
    .where(eq(registerRows.sourceId, sourceId));
  return row?.rows ?? 0;
}
