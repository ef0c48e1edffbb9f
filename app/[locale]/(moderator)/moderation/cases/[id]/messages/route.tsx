import { accountPage } from "#app/account/account-page.tsx";
import { MessageForm } from "#components/cases/message-form.tsx";
import { caseWorkers } from "#lib/cases/rules.ts";
import { messageForm } from "#lib/cases/schema.ts";
import { writeMessage } from "#lib/cases/write-message.ts";
import { parseForm } from "#lib/forms/rules.ts";
import { type CaseParams, formOf, requireClaimed } from "../../case-page.tsx";

/** A message to the therapist, or a note for moderators. */
export const { GET, POST } = accountPage<typeof caseWorkers, CaseParams>({
  access: caseWorkers,
  area: "queue",
  get: async ({ page, session, params }) => {
    const file = await requireClaimed(page, session, params.id);
    const form = formOf(page, { kind: ["private-note"] });
    return {
      title: page.t("moderation.message.heading"),
      body: <MessageForm form={form} file={file} />,
    };
  },
  post: async ({ page, session, params, typed }) => {
    const file = await requireClaimed(page, session, params.id);
    const parsed = parseForm(messageForm, typed);
    if (!parsed.ok) {
      const form = formOf(page, typed, parsed.errors);
      const title = page.t("moderation.message.heading");
      return { title, status: 422, body: <MessageForm form={form} file={file} /> };
    }
    await writeMessage(session, { caseId: params.id, ...parsed.value });
    return { to: `/moderation/cases/${params.id}?done=written` };
  },
});
