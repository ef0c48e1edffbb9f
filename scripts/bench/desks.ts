import type { Connection } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

/** A moderator with a claimed case of somebody, and an open look in it. */
export type Desk = { moderator: Actor; caseId: string; checkId: string };

export async function openDesks(count: number, { sql, db }: Connection): Promise<Desk[]> {
  await seedDemo(db, { therapists: count * 2, today: todayUtc() });
  const therapists = await sql<{ id: string }[]>`
    select id from therapists where listing_state = 'listed' order by id limit ${count}`;
  const desks: Desk[] = [];
  for (const { id } of therapists) {
    const [person] = await sql<{ id: string }[]>`
      insert into people (email, roles) values (${`${id}@moderator.example`}, '{moderator}')
      returning id`;
    const moderator = { personId: person?.id ?? "", roles: ["moderator"] as const };
    const caseId = await openCase({ therapistId: id, kind: "recheck" }, db);
    await claimCase(moderator, caseId, db);
    const [check] = await sql<{ id: string }[]>`
      insert into checks (therapist_id, track, claim_type, case_id, claim, source_type, method, state)
      values (${id}, 'safety', 'discipline', ${caseId}, '{}', 'self', 'manual', 'attested')
      returning id`;
    desks.push({ moderator, caseId, checkId: check?.id ?? "" });
  }
  if (desks.length < count) throw new Error("there are too few therapists for all writers");
  return desks;
}
