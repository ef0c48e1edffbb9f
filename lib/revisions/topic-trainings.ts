import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { trainings as table } from "#db/schema/credentials.ts";
import { workerLedAnswers } from "#db/vocabulary.ts";
import { NotFoundError } from "#lib/errors.ts";
import { optionalDay, optionalNumber, optionalText } from "#lib/forms/schema.ts";
import { dropClaims } from "#lib/holds/drop-claims.ts";
import { listTerms, listTrainingCatalogue } from "#lib/reference/queries.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import type { Draft } from "./open-draft.ts";
import { type ClaimedTraining, claimsOf } from "./queries.ts";
import { filledRows, topic } from "./topic.ts";

export const mostTrainings = 20;
const EARLIEST_YEAR = 1950;

const catalogue = new Map(listTrainingCatalogue().map((course) => [course.id, course]));
/** The kinds of a training; the other terms of the criterion say how it was checked. */
export const trainingKinds = listTerms("training").filter(({ group }) => group === "kind");

const row = z
  .object({
    id: z.string().default(""),
    catalogueId: z.string().default(""),
    title: optionalText(200),
    provider: optionalText(200),
    kind: z.string().default(""),
    year: optionalNumber(EARLIEST_YEAR, 2100),
    finishedOn: optionalDay,
    hours: optionalNumber(1, 5000),
    topics: optionalText(300),
    workerLed: z.string().default(""),
    expiresOn: optionalDay,
  })
  .transform((typed, context) => {
    const wrong = (field: string, message: string, params: Record<string, number> = {}) =>
      context.addIssue({ code: "custom", path: [field], message, params });
    const course = catalogue.get(typed.catalogueId);
    if (typed.catalogueId && !course) wrong("catalogueId", "choose");
    const title = course?.title ?? typed.title;
    const provider = course?.provider ?? typed.provider;
    const kind = typed.kind || course?.kinds[0] || "";
    if (isBlank(typed)) return null;
    if (title === null) wrong("title", "required");
    if (provider === null) wrong("provider", "required");
    if (!trainingKinds.some(({ id }) => id === kind)) wrong("kind", "choose");
    const workerLed = workerLedAnswers.find((known) => known === typed.workerLed);
    if (workerLed === undefined) wrong("workerLed", "choose");
    const year = typed.year ?? (typed.finishedOn && Number(typed.finishedOn.slice(0, 4)));
    if (year === null || year === "") wrong("year", "required");
    else if (typed.finishedOn && Number(typed.finishedOn.slice(0, 4)) !== year) {
      wrong("finishedOn", "other-year");
    } else if (year < EARLIEST_YEAR) wrong("year", "too-low", { min: EARLIEST_YEAR });
    else if (year > Number(todayUtc().slice(0, 4))) wrong("year", "in-future");
    if (!title || !provider || !workerLed || !year) return z.NEVER;
    return {
      id: typed.id || null,
      claim: {
        catalogueId: course?.id ?? null,
        title,
        provider,
        kind,
        year,
        finishedOn: typed.finishedOn,
        hours: typed.hours ?? course?.hours ?? null,
        topics: typed.topics,
        workerLed,
        expiresOn: typed.expiresOn,
      },
    };
  });

const schema = z.object({ trainings: z.array(row).max(mostTrainings) });

export const trainings = topic(schema, {
  layout: { rows: { trainings: mostTrainings } },
  fill: ({ trainings: courses }) =>
    filledRows(
      "trainings",
      courses
        .filter(({ retireProposed }) => !retireProposed)
        .map(({ claimVersion, stage, replacesId, retireProposed, evidence, ...shown }) => shown),
    ),
  write: async ({ trainings: rows }, draft, tx) => {
    const { trainings: before } = await claimsOf(draft.therapistId, tx);
    const wanted = rows.filter((each) => each !== null);
    const kept = new Set<string>();
    for (const { id, claim } of wanted) {
      const known = before.find((course) => course.id === id);
      // Whatever is not the therapist's own is not there.
      if (id !== null && (!known || kept.has(id))) throw new NotFoundError();
      if (id !== null) kept.add(id);
      await writeTraining(known, claim, draft, tx);
    }
    const gone = before.filter(({ id }) => !kept.has(id));
    await letGo(gone, tx);
  },
});

type Claim = NonNullable<z.output<typeof row>>["claim"];

/** A course that readers see stays as it is until the new words for it are accepted. */
async function writeTraining(
  known: ClaimedTraining | undefined,
  claim: Claim,
  { therapistId }: Draft,
  tx: Db,
): Promise<void> {
  if (!known) {
    await tx.insert(table).values({ ...claim, therapistId, stage: "proposed" });
    return;
  }
  const changed = Object.entries(claim).some(
    ([field, value]) => known[field as keyof Claim] !== value,
  );
  const own = and(eq(table.id, known.id), eq(table.therapistId, therapistId));
  if (!changed) {
    if (known.retireProposed) await tx.update(table).set({ retireProposed: false }).where(own);
    return;
  }
  const claimVersion = known.claimVersion + 1;
  if (known.stage === "proposed") {
    await tx
      .update(table)
      .set({ ...claim, claimVersion })
      .where(own);
    return;
  }
  await tx.insert(table).values({
    ...claim,
    therapistId,
    claimVersion,
    stage: "proposed",
    replacesId: known.id,
    // What was shown for it still counts as shown, and has to be looked at again.
    evidence: known.evidence === "none" ? "none" : "provided",
  });
}

async function letGo(courses: readonly ClaimedTraining[], tx: Db): Promise<void> {
  const proposed = courses.filter(({ stage }) => stage === "proposed");
  // With a proposed one goes also what it would have replaced.
  const current = [
    ...courses.filter(({ stage }) => stage === "current").map(({ id }) => id),
    ...proposed.flatMap(({ replacesId }) => replacesId ?? []),
  ];
  if (proposed.length > 0) {
    const ids = proposed.map(({ id }) => id);
    await dropClaims(table, inArray(table.id, ids), tx);
  }
  if (current.length > 0) {
    await tx.update(table).set({ retireProposed: true }).where(inArray(table.id, current));
  }
}

function isBlank(typed: Record<string, unknown>): boolean {
  const { id, kind, workerLed, ...words } = typed;
  return Object.values(words).every((value) => value === "" || value === null);
}
