import { type AccountAnswer, accountPage } from "#app/account/account-page.tsx";
import { AppealView } from "#components/appeals/appeal-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { appealDecision } from "#lib/appeals/appeal-decision.ts";
import { getOwnDecision } from "#lib/appeals/queries.ts";
import { appealForm } from "#lib/appeals/schema.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";

/** One decision: GET shows it, POST asks for another look at it. */
export const { GET, POST } = accountPage<["therapist"], { locale: string; id: string }>({
  access: ["therapist"],
  area: "overview",
  get: ({ page, session, params, query }) =>
    answer(page, session, params.id, { done: query.get("done") === "1" }),
  post: async ({ page, session, params: { id }, typed }) => {
    const parsed = parseForm(appealForm, typed);
    if (!parsed.ok) {
      return answer(page, session, id, { typed, errors: parsed.errors, status: 422 });
    }
    try {
      await appealDecision(session, { decisionId: id, words: parsed.value.words });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const { reason } = error;
      if (reason !== "already-appealed" && reason !== "too-late") throw error;
      return answer(page, session, id, { typed, conflict: reason, status: 409 });
    }
    return { to: `/account/decisions/${id}?done=1` };
  },
});

type Shown = {
  typed?: Typed;
  errors?: FieldErrors;
  done?: boolean;
  conflict?: "already-appealed" | "too-late";
  status?: number;
};

async function answer(page: Page, actor: Actor, id: string, shown: Shown): Promise<AccountAnswer> {
  const decision = await getOwnDecision(actor, id, page.today);
  if (!decision) throw new NotFoundError();
  const { typed = {}, errors = {}, done = false, conflict = null, status = 200 } = shown;
  const form = { page, typed, errors, label: () => page.t("questions.decisions.words") };
  return {
    title: page.t("questions.decisions.title"),
    status,
    body: <AppealView form={form} decision={decision} done={done} conflict={conflict} />,
  };
}
