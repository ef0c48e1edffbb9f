import type { Db } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import type { NewDecision } from "#lib/decisions/decide.ts";
import type { ClaimRef } from "#lib/evidence/rules.ts";
import type { NewReport } from "#lib/reports/receive-report.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import type { Work } from "./work.ts";

export type Means = { db: Db; databaseUrl: string };

type Answer = { actor: Actor; answer: { decisionId: string; agree: boolean } };
type Upload = { actor: Actor; claim: ClaimRef; fileName: string; base64: string; dataDir: string };

/**
 * What a process can be told to do, and be killed at: the site's own commands and jobs. Each is
 * loaded when it is wanted, since a process is started for each strike.
 */
const commands = {
  decide: async ({ actor, decision }: { actor: Actor; decision: NewDecision }, { db }: Means) => {
    const { decide } = await import("#lib/decisions/decide.ts");
    return decide(actor, decision, db);
  },
  "answer a decision": async ({ actor, answer }: Answer, { db }: Means) => {
    const { answerDecision } = await import("#lib/decisions/answer-decision.ts");
    return answerDecision(actor, answer, db);
  },
  submit: async ({ actor }: { actor: Actor }, { db }: Means) => {
    const { submitRevision } = await import("#lib/revisions/submit-revision.ts");
    return submitRevision(actor, { consent: true }, db);
  },
  report: async ({ report }: { report: NewReport }, { db }: Means) => {
    const { receiveReport } = await import("#lib/reports/receive-report.ts");
    return receiveReport(report, todayUtc(), db);
  },
  upload: async ({ actor, claim, fileName, base64, dataDir }: Upload, { db }: Means) => {
    const { addEvidence } = await import("#lib/evidence/add-evidence.ts");
    const { localStore } = await import("#lib/storage/local-store.ts");
    const bytes = Buffer.from(base64, "base64");
    return addEvidence(actor, { ...claim, fileName, bytes }, db, localStore(dataDir));
  },
  work: async (given: Work, { db, databaseUrl }: Means) => {
    const { work } = await import("./work.ts");
    return work(given, db, databaseUrl);
  },
};

type Commands = typeof commands;
export type Order = {
  [Name in keyof Commands]: { name: Name; given: Parameters<Commands[Name]>[0] };
}[keyof Commands];

export function carryOut({ name, given }: Order, means: Means): Promise<unknown> {
  const command = commands[name] as (given: unknown, means: Means) => Promise<unknown>;
  return command(given, means);
}
