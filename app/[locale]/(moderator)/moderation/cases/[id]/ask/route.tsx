import { accountPage } from "#app/account/account-page.tsx";
import { AskView } from "#components/cases/ask-view.tsx";
import { askForInfo } from "#lib/cases/ask-for-info.ts";
import { caseWorkers, mostItems } from "#lib/cases/rules.ts";
import { askForm } from "#lib/cases/schema.ts";
import { changeRows, parseForm, rowsIntent } from "#lib/forms/rules.ts";
import { type CaseParams, formOf, requireClaimed } from "../../case-page.tsx";

const layout = { rows: { items: mostItems } };

/** What the therapist is asked for, item by item. */
export const { GET, POST } = accountPage<typeof caseWorkers, CaseParams>({
  access: caseWorkers,
  area: "queue",
  get: async ({ page, session, params, query }) => {
    const file = await requireClaimed(page, session, params.id);
    const first = { "items.0.checkId": [query.get("check") ?? ""] };
    return {
      title: page.t("moderation.ask.heading"),
      body: <AskView form={formOf(page, first)} file={file} />,
    };
  },
  post: async ({ page, session, params, typed }) => {
    const file = await requireClaimed(page, session, params.id);
    const title = page.t("moderation.ask.heading");
    const intent = rowsIntent(typed);
    if (intent?.rows === "items") {
      const changed = changeRows(typed, intent, "question", mostItems);
      return { title, body: <AskView form={formOf(page, changed)} file={file} /> };
    }
    const open = file.claims.filter((claim) => claim.open).map(({ now }) => now.id);
    const parsed = parseForm(askForm(open), typed, layout);
    if (!parsed.ok) {
      const form = formOf(page, typed, parsed.errors);
      return { title, status: 422, body: <AskView form={form} file={file} /> };
    }
    const items = parsed.value.items.filter((item) => item !== null);
    await askForInfo(session, { caseId: params.id, items });
    return { to: `/moderation/cases/${params.id}?done=asked` };
  },
});
