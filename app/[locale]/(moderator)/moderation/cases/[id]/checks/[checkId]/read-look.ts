import type { DecisionAction, DecisionCode } from "#db/vocabulary.ts";
import type { CaseDocument } from "#lib/case-files/load-documents.ts";
import type { Look } from "#lib/case-files/load-looks.ts";
import type { NewDecision } from "#lib/decisions/decide.ts";
import { checkForm, decisionForm, recordProblems } from "#lib/decisions/schema.ts";
import { decisionRules } from "#lib/decisions/transitions.ts";
import {
  type FieldErrors,
  type Parsed,
  parseForm,
  type Typed,
  typedValue,
} from "#lib/forms/rules.ts";
import type { Day } from "#lib/vetting/rules.ts";

type LookMade = Pick<NewDecision, "action" | "code" | "reason" | "record">;

/** What was typed about a look; all that is wrong comes back at once. */
export function readLook(
  typed: Typed,
  { claimType }: Look,
  documents: readonly CaseDocument[],
  today: Day,
): Parsed<LookMade> {
  const decision = parseForm(decisionForm, typed);
  const known = Object.keys(decisionRules) as DecisionAction[];
  const action = known.find((each) => each === typedValue(typed, "action"));
  if (action && !needsRecord(action)) {
    return decision.ok ? { ok: true, value: { ...decision.value, record: null } } : decision;
  }
  const record = parseForm(checkForm(today), typed);
  const problems =
    record.ok && action ? recordProblems(action, claimType, record.value, today) : {};
  const errors: FieldErrors = {
    ...(!decision.ok && decision.errors),
    ...(!record.ok && record.errors),
    ...Object.fromEntries(Object.entries(problems).map(([name, code]) => [name, { code }])),
  };
  if (!decision.ok || !record.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const shown = documents.find(({ id }) => id === typedValue(typed, "document"));
  return {
    ok: true,
    value: {
      ...decision.value,
      record: {
        ...record.value,
        checkedOn: today,
        nextCheckOn: null,
        evidenceHash: shown?.sha256 ?? null,
        evidenceRef: shown?.storageRef ?? null,
      },
    },
  };
}

/** Where only the source was silent, or an old look was wrong, there is nothing to write down. */
function needsRecord(action: DecisionAction): boolean {
  const codes: readonly DecisionCode[] = decisionRules[action].codes;
  return codes.some((code) => code !== "source-down");
}
