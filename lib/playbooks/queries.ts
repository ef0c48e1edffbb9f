import { and, asc, desc, eq, or, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { playbooks } from "#db/schema/playbooks.ts";
import {
  bestPlaybook,
  fallbackPlaybook,
  hasRegister,
  type LookedUp,
  ownPlaybook,
} from "./rules.ts";

export type Playbook = NonNullable<Awaited<ReturnType<typeof getPlaybook>>>;

/** One playbook, in its newest version or the one asked for; null when there is none. */
export async function getPlaybook(id: string, version: number | null = null, db: Db = primary()) {
  const [row] = await db
    .select()
    .from(playbooks)
    .where(and(eq(playbooks.id, id), version === null ? latest() : eq(playbooks.version, version)));
  if (!row) return null;
  const { content, ...head } = row;
  return { ...content, id: head.id, version: head.version, editedAt: head.editedAt };
}

/**
 * The playbook for a credential in a place; the fall-back where no body of ours answers for it.
 * @param jurisdiction null for certifications @returns null before any playbook was loaded
 */
export async function findPlaybook(
  typeId: string | null,
  jurisdiction: string | null,
  db: Db = primary(),
): Promise<Playbook | null> {
  const answersFor = sql`${playbooks.content} -> 'credentialTypes' @> ${JSON.stringify([typeId])}::jsonb`;
  const rows = await db
    .select({ id: playbooks.id, content: playbooks.content })
    .from(playbooks)
    .where(and(latest(), or(answersFor, eq(playbooks.id, fallbackPlaybook))));
  const candidates = rows.map(({ id, content }) => ({ id, ...content }));
  const best = bestPlaybook(candidates, typeId, jurisdiction);
  return best ? getPlaybook(best.id, null, db) : null;
}

export type ClaimToLookUp = LookedUp & {
  credentialType: string | null;
  jurisdiction: string | null;
};

/** The playbook for a claim of any kind; null where no register answers for it. */
export async function findClaimPlaybook(
  claim: ClaimToLookUp,
  db: Db = primary(),
): Promise<Playbook | null> {
  if (!hasRegister(claim)) return null;
  const own = ownPlaybook(claim);
  const found = own === null ? null : await getPlaybook(own, null, db);
  return found ?? findPlaybook(claim.credentialType, claim.jurisdiction, db);
}

export type ListedPlaybook = Awaited<ReturnType<typeof listPlaybooks>>[number];

/** All playbooks in their newest version, by name, without their texts. */
export async function listPlaybooks(db: Db = primary()) {
  const { id, version, content, editedAt, editedBy } = playbooks;
  return db
    .select({
      id,
      version,
      name: sql<string>`${content} ->> 'name'`,
      url: sql<string | null>`${content} ->> 'url'`,
      jurisdictions: sql<string[]>`${content} -> 'jurisdictions'`,
      editedAt,
      isEdited: sql<boolean>`${editedBy} is not null`,
    })
    .from(playbooks)
    .where(latest())
    .orderBy(asc(sql`${content} ->> 'name'`), asc(id));
}

export type PlaybookVersion = Awaited<ReturnType<typeof listVersions>>[number];

/** Every version of a playbook, newest first, with who made it and why. */
export async function listVersions(id: string, db: Db = primary()) {
  return db
    .select({
      version: playbooks.version,
      editedAt: playbooks.editedAt,
      isEdited: sql<boolean>`${playbooks.editedBy} is not null`,
      editorName: people.name,
      editorEmail: people.email,
      reason: playbooks.reason,
    })
    .from(playbooks)
    .leftJoin(people, eq(people.id, playbooks.editedBy))
    .where(eq(playbooks.id, id))
    .orderBy(desc(playbooks.version));
}

/** For a query on `playbooks`. */
export function latest() {
  return sql`${playbooks.version} = (select max(newer.version) from playbooks newer
    where newer.id = ${playbooks.id})`;
}
