import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { evidence } from "#db/schema/evidence.ts";
import { type EvidenceSubject, type Role, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { makeListing, makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { mayRead } from "./access.ts";

const database = testDatabase();
let therapistId: string;
let owner: Actor;

beforeAll(() => loadReference(database.db));
afterAll(() => vi.unstubAllEnvs());

beforeEach(async () => {
  const { db, sql } = database;
  await sql`truncate people cascade`;
  owner = await makePerson(db);
  therapistId = await makeListing(db, owner, { confirmedOn: "2026-11-01" });
  await sql`insert into credentials (id, therapist_id, type_id, jurisdiction, letters, number)
    values ('licence', ${therapistId}, 'us-lmft', 'US-NV', 'LMFT', '1')`;
  await sql`insert into trainings (id, therapist_id, kind, provider, title, year, worker_led)
    values ('course', ${therapistId}, 'workshop', 'A school', 'A day', 2025, 'yes')`;
  await sql`insert into cases (id, therapist_id, kind) values ('case', ${therapistId}, 'complaint')`;
  for (const subject of ["credential", "training", "insurance", "identity"]) {
    await sql`insert into evidence (id, therapist_id, subject, credential_id, training_id,
        sealed_name, media_type, byte_length, sha256, wrapped_key, storage_ref)
      values (${subject}, ${therapistId}, ${subject}, ${subject === "credential" ? "licence" : null},
        ${subject === "training" ? "course" : null}, 'sealed', 'image/png', 1, 'x', 'key', 'ref')`;
  }
});

const readable = async (actor: Actor) => {
  const rows = await database.db.select({ id: evidence.id }).from(evidence).where(mayRead(actor));
  return rows.map(({ id }) => id).toSorted();
};
const all = ["credential", "identity", "insurance", "training"];

/** What of a stranger's documents a role sees once the case is theirs. */
const claimed: Record<Role, EvidenceSubject[] | string[]> = {
  therapist: [],
  moderator: all,
  lead: all,
  "lived-experience-reviewer": ["training"],
  auditor: [],
};

const situations = {
  "has claimed the case": async (actor: Actor) => claim(actor, "now() + interval '1 hour'"),
  "let the claim lapse": async (actor: Actor) => claim(actor, "now() - interval '1 second'"),
  "has claimed nothing": async () => {},
  "sees another with it": async () =>
    claim(await makePerson(database.db, { roles: ["moderator"] }), "now() + interval '1 hour'"),
  "declared a conflict": async (actor: Actor) => {
    await claim(actor, "now() + interval '1 hour'");
    await database.sql`insert into conflicts_of_interest (person_id, therapist_id)
      values (${actor.personId}, ${therapistId})`;
  },
  "had it before it was closed": async (actor: Actor) => {
    await claim(actor, "now() + interval '1 hour'");
    await database.sql`update cases set closed_at = now(), outcome = 'no-change'`;
  },
  "claimed another therapist's": async (actor: Actor) => {
    const other = await makePerson(database.db);
    const listing = await makeListing(database.db, other, { confirmedOn: "2026-11-01" });
    await database.sql`insert into cases (therapist_id, kind, claimed_by, claimed_until)
      values (${listing}, 'complaint', ${actor.personId}, now() + interval '1 hour')`;
  },
};

async function claim(actor: Actor, until: string): Promise<void> {
  await database.sql`update cases set claimed_by = ${actor.personId},
    claimed_until = ${database.sql.unsafe(until)}`;
}

describe.each(roles)("a %s", (role) => {
  test.each(Object.keys(situations) as (keyof typeof situations)[])("who %s", async (situation) => {
    const actor = await makePerson(database.db, { roles: [role] });
    await situations[situation](actor);
    expect(await readable(actor)).toEqual(
      situation === "has claimed the case" ? claimed[role] : [],
    );
  });

  test("whose own documents they are, as a therapist", async () => {
    const own = { ...owner, roles: ["therapist", role] as Role[] };
    await database.sql`update people set roles = ${own.roles} where id = ${own.personId}`;
    expect(await readable(own)).toEqual(all);
    const withoutRole = { ...owner, roles: [role] };
    await claim(own, "now() + interval '1 hour'");
    // Nobody works on a case of their own, whoever gave it to them.
    expect(await readable(withoutRole)).toEqual(role === "therapist" ? all : []);
  });
});
