import { accountPage } from "#app/account/account-page.tsx";
import { DecideView } from "#components/cases/decide-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { getCaseFile } from "#lib/case-files/queries.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { decide } from "#lib/decisions/decide.ts";
import { decisionForm } from "#lib/decisions/schema.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";
import { type CaseParams, formOf, requireClaimed } from "../../../case-page.tsx";

type ActionParams = CaseParams & { action: string };

/** One decision on what was sent, on a listing, or on an appeal. Hiding needs no claimed case. */
export const { GET, POST } = accountPage<typeof caseWorkers, ActionParams>({
  access: caseWorkers,
  area: "queue",
  fresh: true,
  get: ({ page, session, params }) => view(page, session, params, {}),
  post: async ({ page, session, params, typed }) => {
    const { action } = await load(page, session, params);
    const parsed = parseForm(decisionForm, { ...typed, action: [action] });
    if (!parsed.ok) return view(page, session, params, typed, parsed.errors);
    const about = { caseId: params.id, checkId: null, record: null };
    const { state } = await decide(session, { ...about, ...parsed.value });
    return { to: `/moderation/cases/${params.id}?done=${state}` };
  },
});

async function load(page: Page, session: Session, { id, action: wanted }: ActionParams) {
  const file =
    wanted === "hide"
      ? await getCaseFile(session, id, page.today)
      : await requireClaimed(page, session, id);
  const action = file.actions.find((each) => each === wanted);
  if (!action) throw wanted === "hide" ? new ConflictError("already-decided") : new NotFoundError();
  return { file, action };
}

async function view(
  page: Page,
  session: Session,
  params: ActionParams,
  typed: Typed,
  errors?: FieldErrors,
) {
  const { file, action } = await load(page, session, params);
  return {
    title: page.t("moderation.decide.heading"),
    status: errors ? 422 : 200,
    body: <DecideView form={formOf(page, typed, errors)} file={file} action={action} />,
  };
}
