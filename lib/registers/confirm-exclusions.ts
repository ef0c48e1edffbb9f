import { inArray, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { registerSources } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { claimCase, releaseCase } from "#lib/cases/claim-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { readConfig } from "#lib/config.ts";
import { decide } from "#lib/decisions/decide.ts";
import { ConflictError } from "#lib/errors.ts";
import { countsAsPrimary, todayUtc } from "#lib/vetting/rules.ts";
import { wordsFor } from "#lib/words/labels.ts";
import { requireRegisterKeeper } from "./access.ts";
import type { Person } from "./connector.ts";
import { exclusionKeys, leieId, listKeysInFile } from "./leie.ts";
import { findPerson } from "./load-people.ts";
import { proposeExclusions } from "./propose-exclusions.ts";
import { digestOf, listUnconfirmed, type Unconfirmed } from "./unconfirmed.ts";

/** In one transaction: other people's work on these therapists waits so long, and no longer. */
const AT_ONCE = 50;
/** In one press: an answer within the time that browsers and proxies wait for one. */
const MOST = 500;

/**
 * Says for everyone listed in the United States that the exclusion list has nobody of their name: a
 * decision on a look each, signed by the actor. Whoever shares a name, or lies with someone, is left
 * to a look of their own. The first 500 at once; done again, the next, until nobody is left.
 * @param asOf the day of the file that was seen @returns how many were confirmed
 * @throws NotFoundError; ConflictError `changed-elsewhere` when another file was read meanwhile
 */
export async function confirmExclusions(
  actor: Actor,
  asOf: string,
  db: Db = primary(),
): Promise<number> {
  requireRegisterKeeper(actor);
  if (!countsAsPrimary(asOf, todayUtc())) throw new ConflictError("changed-elsewhere");
  const file = { asOf, digest: await digestOf(leieId, db) };
  const waiting = await listUnconfirmed(actor, asOf, db, { most: MOST });
  const ids = waiting.map(({ therapistId }) => therapistId);
  let confirmed = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const batch = ids.slice(at, at + AT_ONCE);
    confirmed += await db.transaction((tx) => confirmBatch(actor, file, batch, tx));
  }
  return confirmed;
}

type File = { asOf: string; digest: string };

/** Looks anew under the locks: names, cases and the file may have changed since the list was made. */
async function confirmBatch(
  actor: Actor,
  file: File,
  ids: readonly string[],
  tx: Db,
): Promise<number> {
  await lockTherapists(inArray(therapists.id, [...ids]), tx);
  await holdFile(file.asOf, tx);
  const waiting = await withPeople(await listUnconfirmed(actor, file.asOf, tx, { among: ids }), tx);
  const inFile = await listKeysInFile(
    waiting.flatMap(({ person }) => exclusionKeys(person)),
    tx,
  );
  let confirmed = 0;
  for (const { person, ...each } of waiting) {
    if (exclusionKeys(person).some((key) => inFile.has(key))) {
      await proposeExclusions(person, null, tx);
    } else {
      await confirm(actor, { person, ...each }, file, tx);
      confirmed += 1;
    }
  }
  if (confirmed === 0) return 0;
  const subject = { kind: "register", id: leieId };
  const details = { ...file, confirmed };
  await appendEvent({ actorId: actor.personId, verb: "register.confirm", subject, details }, tx);
  return confirmed;
}

type Waiting = Unconfirmed & { person: Person };

async function withPeople(waiting: readonly Unconfirmed[], tx: Db): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const each of waiting) {
    const person = await findPerson(each.therapistId, tx);
    // Without a name there is nothing to hold against the file.
    if (person && exclusionKeys(person).length > 0) found.push({ ...each, person });
  }
  return found;
}

/** No other file takes its place until the transaction ends. */
async function holdFile(asOf: string, tx: Db): Promise<void> {
  const [source] = await tx
    .select({ asOf: registerSources.sourceAsOf })
    .from(registerSources)
    .where(sql`${registerSources.id} = ${leieId}`)
    .for("key share");
  if (source?.asOf !== asOf) throw new ConflictError("changed-elsewhere");
}

async function confirm(
  actor: Actor,
  { therapistId, look, mine, locale, person }: Waiting,
  { asOf, digest }: File,
  tx: Db,
): Promise<void> {
  const { caseId, checkId } = look ?? (await beginLook(actor, therapistId, person.displayName, tx));
  await claimCase(actor, caseId, tx);
  const record = recordOf(asOf, digest);
  const { t, day } = wordsFor(locale);
  const reason = t("registers.confirm.reason", { day: day(asOf) });
  const code = "source-match";
  await decide(actor, { caseId, checkId, action: "verify", code, reason, record }, tx);
  if (!mine) await releaseIfOpen(actor, caseId, tx);
}

async function beginLook(actor: Actor, therapistId: string, name: string, tx: Db) {
  const caseId = await openCase({ therapistId, kind: "recheck", actorId: actor.personId }, tx);
  const [made] = await tx
    .insert(checks)
    .values({
      therapistId,
      caseId,
      track: "safety",
      claimType: "exclusion",
      claim: { name },
      sourceType: "primary",
      method: "file",
      state: "attested",
    })
    .returning({ id: checks.id });
  if (!made) throw new Error("the look was not made");
  return { caseId, checkId: made.id };
}

function recordOf(asOf: string, digest: string) {
  const checkedOn = todayUtc();
  const none = { issuedOn: null, expiresOn: null, validUntil: null, nextCheckOn: null };
  const notes = { conditions: null, publicNote: null, privateNote: null };
  return {
    ...none,
    ...notes,
    authority: "OIG List of Excluded Individuals and Entities",
    sourceType: "primary",
    sourceUrl: readConfig().LEIE_URL,
    method: "file",
    sourceAsOf: asOf,
    sourceStatus: "No match in the monthly file",
    checkedOn,
    evidenceHash: digest,
    evidenceRef: null,
  } as const;
}

/** What else is to be looked at in it stays for whoever takes it next. */
async function releaseIfOpen(actor: Actor, caseId: string, tx: Db): Promise<void> {
  const [open] = await tx.execute(
    sql`select from cases where id = ${caseId} and closed_at is null`,
  );
  if (open) await releaseCase(actor, caseId, tx);
}
