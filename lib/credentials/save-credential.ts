import { and, eq, ne, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { digitsOf } from "#db/schema/columns.ts";
import { claimConflicts, credentials } from "#db/schema/credentials.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { type Draft, requireDraft } from "#lib/revisions/open-draft.ts";
import { foldNumber } from "./rules.ts";
import type { CredentialForm } from "./schema.ts";

export const mostCredentials = 30;

/**
 * Adds a licence to the open draft, or changes one. What readers see stays until the change is
 * accepted; a number that another account claims is noted for moderators, and for nobody else.
 * @param id null for a new one @returns the id of the claim that now stands in the draft
 * @throws NotFoundError for an id that is not the actor's own; ConflictError as `saveTopic`
 */
export async function saveCredential(
  actor: Actor,
  id: string | null,
  form: CredentialForm,
  db: Db = primary(),
): Promise<string> {
  return db.transaction(async (tx) => {
    const draft = await requireDraft(actor, tx);
    const claim = claimOf(form);
    const saved = id === null ? await add(claim, draft, tx) : await change(id, form, draft, tx);
    await noteConflicts(saved, draft, tx);
    await appendEvent(
      {
        actorId: actor.personId,
        verb: id === null ? "credential.claim" : "credential.change",
        subject: { kind: "credential", id: saved },
      },
      tx,
    );
    return saved;
  });
}

function claimOf({ version, supervised, jurisdiction, ...form }: CredentialForm) {
  const isSupervised = supervised === "yes";
  return {
    ...form,
    jurisdiction: jurisdiction || null,
    basis: form.compactId ? ("compact-privilege" as const) : ("own" as const),
    supervised: isSupervised,
    supervisorName: isSupervised ? form.supervisorName : null,
    supervisorNumber: isSupervised ? form.supervisorNumber : null,
  };
}

type Claim = ReturnType<typeof claimOf>;

async function add(claim: Claim, { therapistId }: Draft, tx: Db): Promise<string> {
  const own = await tx.$count(
    credentials,
    and(eq(credentials.therapistId, therapistId), ne(credentials.stage, "retired")),
  );
  if (own >= mostCredentials) throw new ConflictError("too-many");
  return insert({ ...claim, therapistId, stage: "proposed" }, tx);
}

async function change(
  id: string,
  form: CredentialForm,
  { therapistId }: Draft,
  tx: Db,
): Promise<string> {
  const [known] = await tx
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.id, id),
        eq(credentials.therapistId, therapistId),
        ne(credentials.stage, "retired"),
      ),
    );
  if (!known) throw new NotFoundError();
  const replacement = await tx.$count(credentials, eq(credentials.replacesId, id));
  if (known.claimVersion !== form.version || replacement > 0) {
    throw new ConflictError("changed-elsewhere");
  }
  const claim = claimOf(form);
  const same = Object.entries(claim).every(
    ([field, value]) => known[field as keyof Claim] === value,
  );
  if (same) {
    await tx.update(credentials).set({ retireProposed: false }).where(eq(credentials.id, id));
    return id;
  }
  const claimVersion = known.claimVersion + 1;
  if (known.stage === "proposed") {
    await tx
      .update(credentials)
      .set({ ...claim, claimVersion })
      .where(eq(credentials.id, id));
    return id;
  }
  return insert({ ...claim, therapistId, claimVersion, stage: "proposed", replacesId: id }, tx);
}

async function insert(row: typeof credentials.$inferInsert, tx: Db): Promise<string> {
  const [made] = await tx.insert(credentials).values(row).returning({ id: credentials.id });
  return made?.id ?? "";
}

/** One number, one person: when two accounts claim it, people have to look. */
export async function noteConflicts(id: string, { therapistId }: Draft, tx: Db): Promise<void> {
  const [claim] = await tx.select().from(credentials).where(eq(credentials.id, id));
  if (!claim) return;
  const number = foldNumber(claim.number);
  // An index finds the few with the same digits; whether they are the same number, we say.
  const others = await tx
    .select({ id: credentials.id, number: credentials.number })
    .from(credentials)
    .where(
      and(
        eq(credentials.typeId, claim.typeId),
        sql`${digitsOf(credentials.number)} = ${digitsOf(sql`${claim.number}::text`)}`,
        sql`${credentials.jurisdiction} is not distinct from ${claim.jurisdiction}`,
        sql`${credentials.compactId} is not distinct from ${claim.compactId}`,
        ne(credentials.therapistId, therapistId),
        ne(credentials.stage, "retired"),
      ),
    );
  const same = others.filter((other) => foldNumber(other.number) === number);
  if (same.length === 0) return;
  await tx
    .insert(claimConflicts)
    .values(same.map((other) => pairOf(id, other.id)))
    .onConflictDoNothing();
}

/** In one order, whichever of the two was saved last: one pair is one row. */
function pairOf(one: string, other: string): typeof claimConflicts.$inferInsert {
  return one < other
    ? { credentialId: one, otherCredentialId: other }
    : { credentialId: other, otherCredentialId: one };
}
