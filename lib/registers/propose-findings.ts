import { and, eq, inArray, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials } from "#db/schema/credentials.ts";
import { registerSources } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { openCheckStates } from "#db/vocabulary.ts";
import { type Connector, isInUs, type OpenClaim, type Person } from "./connector.ts";
import { listActiveConnectors } from "./connectors.ts";
import { leieId } from "./leie.ts";
import { findPerson } from "./load-people.ts";
import { notingSource } from "./note-source.ts";
import { proposeExclusions } from "./propose-exclusions.ts";
import { RegisterError } from "./rules.ts";
import { lockFindings, writeFindings } from "./write-findings.ts";

/**
 * Asks the registers that fit about every open look of a case, and puts what they say before its
 * moderators. Can be done again at any time. Does nothing where look-ups are off.
 * @throws the first RegisterError, after all others were asked: the job is then tried again, and
 * nothing about any check has changed
 */
export async function proposeFor(
  caseId: string,
  db: Db = primary(),
  connectors: readonly Connector[] = listActiveConnectors(),
): Promise<void> {
  if (connectors.length === 0) return;
  const therapistId = await openCaseOf(caseId, db);
  const person = therapistId && (await findPerson(therapistId, db));
  if (!person) return;
  const claims = await openClaims(caseId, db);
  const faults: RegisterError[] = [];
  const collect = (error: unknown) => {
    if (!(error instanceof RegisterError)) throw error;
    faults.push(error);
  };
  for (const connector of connectors) {
    if (connector.id === leieId) await lookForExclusions(person, caseId, db).catch(collect);
    else await askAll(connector, claims, person, db).catch(collect);
  }
  if (faults[0]) throw faults[0];
}

async function openCaseOf(caseId: string, db: Db): Promise<string | undefined> {
  const [open] = await db
    .select({ therapistId: cases.therapistId })
    .from(cases)
    .where(and(eq(cases.id, caseId), isNull(cases.closedAt)));
  return open?.therapistId;
}

function openClaims(caseId: string, db: Db): Promise<OpenClaim[]> {
  return db
    .select({
      checkId: checks.id,
      claimType: checks.claimType,
      credentialId: checks.credentialId,
      typeId: credentials.typeId,
      jurisdiction: credentials.jurisdiction,
      letters: credentials.letters,
      number: credentials.number,
    })
    .from(checks)
    .leftJoin(credentials, eq(credentials.id, checks.credentialId))
    .where(and(eq(checks.caseId, caseId), inArray(checks.state, [...openCheckStates])))
    .orderBy(checks.id);
}

/** A list that was never read says nothing about anybody, and must not look as if it did. */
async function lookForExclusions(person: Person, caseId: string, db: Db): Promise<void> {
  if (!isInUs(person)) return;
  const [source] = await db
    .select({ lastGoodAt: registerSources.lastGoodAt })
    .from(registerSources)
    .where(eq(registerSources.id, leieId));
  if (!source?.lastGoodAt) throw new RegisterError("not-read-yet");
  await proposeExclusions(person, caseId, db);
}

async function askAll(
  { id, ask, file }: Connector,
  claims: readonly OpenClaim[],
  person: Person,
  db: Db,
): Promise<void> {
  for (const claim of claims.filter((each) => ask?.fits(each))) {
    const look = async () => (await ask?.look(claim, person, db)) ?? [];
    // How a file is doing is told by its readings alone.
    const proposals = file ? await look() : await notingSource(id, look, db);
    const { checkId, credentialId } = claim;
    const { therapistId } = person;
    await db.transaction(async (tx) => {
      await lockFindings(therapistId, tx);
      await writeFindings({ therapistId, sourceId: id, checkId, credentialId }, proposals, tx);
    });
  }
}
