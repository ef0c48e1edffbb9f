import { and, desc, eq, inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { registerFindings, registerSources } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimedBy, openTo } from "#lib/cases/access.ts";
import { readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { countsAsPrimary, todayUtc } from "#lib/vetting/rules.ts";
import { isRegisterKeeper, requireRegisterReader } from "./access.ts";
import type { Connector } from "./connector.ts";
import { listConnectors } from "./connectors.ts";
import { leieId } from "./leie.ts";
import { readFault } from "./rules.ts";
import { type FactName, type Facts, factNames } from "./schema.ts";
import { openFacts } from "./seal-facts.ts";
import { countUnconfirmed } from "./unconfirmed.ts";

export type Findings = Awaited<ReturnType<typeof listFindings>>;

/**
 * What registers seem to say in a case, newest first. Empty for everyone who has not claimed it,
 * and for reviewers of track 4.
 */
export async function listFindings(actor: Actor, caseId: string, db: Db = primary()) {
  if (!isRegisterKeeper(actor)) return [];
  const names = namesOfRosters();
  const found = await db
    .select({
      id: registerFindings.id,
      therapistId: registerFindings.therapistId,
      sourceId: registerFindings.sourceId,
      checkId: registerFindings.checkId,
      credentialId: registerFindings.credentialId,
      strength: registerFindings.strength,
      statusText: registerFindings.statusText,
      sourceAsOf: registerFindings.sourceAsOf,
      facts: registerFindings.facts,
      state: registerFindings.state,
      foundAt: registerFindings.foundAt,
    })
    .from(registerFindings)
    .innerJoin(checks, eq(checks.id, registerFindings.checkId))
    .innerJoin(cases, eq(cases.id, checks.caseId))
    .where(and(eq(cases.id, caseId), openTo(actor), claimedBy(actor)))
    .orderBy(desc(registerFindings.foundAt), registerFindings.id);
  return found.map(({ therapistId, facts, ...finding }) => ({
    ...finding,
    /** Null where our own words name the source. */
    sourceName: names.get(finding.sourceId) ?? null,
    facts: inOrder(openFacts(therapistId, facts)),
  }));
}

function inOrder(facts: Facts): { name: FactName; value: string }[] {
  return factNames.flatMap((name) => {
    const value = facts[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

export type SourceList = Awaited<ReturnType<typeof listSources>>;

/** How each register is doing. @throws NotFoundError for all but moderators, leads and auditors */
export async function listSources(actor: Actor, db: Db = primary()) {
  requireRegisterReader(actor);
  const { connectors, problem } = knownConnectors();
  const rows = await db
    .select()
    .from(registerSources)
    .where(
      inArray(
        registerSources.id,
        connectors.map(({ id }) => id),
      ),
    );
  const on = readConfig().REGISTER_LOOKUPS === "1";
  const listAsOf = rows.find(({ id }) => id === leieId)?.sourceAsOf ?? null;
  return {
    on,
    /** What is wrong with the settings of the registers, in the words for their keeper. */
    problem,
    confirm: await getConfirmable(actor, listAsOf, db),
    sources: connectors.map(({ id, name, from, file }) => {
      const row = rows.find((known) => known.id === id);
      return {
        id,
        name,
        from,
        isFile: file !== undefined,
        mayRead: on && file !== undefined && isRegisterKeeper(actor),
        lastTriedAt: row?.lastTriedAt ?? null,
        lastGoodAt: row?.lastGoodAt ?? null,
        fault: row?.lastError ? readFault(row.lastError) : null,
        sourceAsOf: row?.sourceAsOf ?? null,
        rows: row?.rows ?? null,
      };
    }),
  };
}

/** The exclusion list and how many it can be confirmed for at once; null where that cannot be done. */
async function getConfirmable(actor: Actor, asOf: string | null, db: Db) {
  if (asOf === null || !isRegisterKeeper(actor) || !countsAsPrimary(asOf, todayUtc())) return null;
  return { asOf, ...(await countUnconfirmed(actor, asOf, db)) };
}

/** Broken settings must not take the page away on which they can be seen. */
function knownConnectors(): { connectors: Connector[]; problem: string | null } {
  try {
    return { connectors: listConnectors(), problem: null };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const builtIn = listConnectors({ ...readConfig(), REGISTERS: undefined });
    return { connectors: builtIn, problem: error.message };
  }
}

function namesOfRosters(): Map<string, string> {
  const named = knownConnectors().connectors.filter(({ name }) => name !== null);
  return new Map(named.map(({ id, name }) => [id, name ?? id]));
}
