import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { type PlaybookContent, playbooks } from "#db/schema/playbooks.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { latest } from "./queries.ts";
import { playbookEditors } from "./rules.ts";

export type PlaybookEdit = {
  id: string;
  /** The version that the lead had before them. */
  seenVersion: number;
  content: PlaybookContent;
  reason: string;
};

/**
 * Writes a new version of a playbook; the ones before stay. The same words again are no edit.
 * @returns the newest version @throws NotFoundError for all but leads
 * @throws ConflictError `changed-elsewhere` when another edit came first
 */
export async function editPlaybook(
  actor: Actor,
  { id, seenVersion, content, reason }: PlaybookEdit,
  db: Db = primary(),
): Promise<number> {
  if (!playbookEditors.some((role) => actor.roles.includes(role))) throw new NotFoundError();
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select({ version: playbooks.version, content: playbooks.content })
      .from(playbooks)
      .where(and(eq(playbooks.id, id), latest()));
    if (!before) throw new NotFoundError();
    if (isDeepStrictEqual(before.content, content)) return before.version;
    if (before.version !== seenVersion) throw new ConflictError("changed-elsewhere");
    const version = seenVersion + 1;
    const editedBy = actor.personId;
    const written = await tx
      .insert(playbooks)
      .values({ id, version, content, editedBy, reason })
      .onConflictDoNothing()
      .returning({ id: playbooks.id });
    if (written.length === 0) throw new ConflictError("changed-elsewhere");
    const subject = { kind: "playbook", id };
    const details = { version, fields: changedFields(before.content, content) };
    await appendEvent({ actorId: editedBy, verb: "playbook.edit", subject, details }, tx);
    return version;
  });
}

function changedFields(before: PlaybookContent, after: PlaybookContent): string[] {
  const fields = Object.keys(after) as (keyof PlaybookContent)[];
  return fields.filter((field) => !isDeepStrictEqual(before[field], after[field]));
}
