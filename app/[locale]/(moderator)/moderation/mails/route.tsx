import { accountPage } from "#app/account/account-page.tsx";
import { StuckMailList } from "#components/mails/stuck-mail-list.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";
import { mailKeepers } from "#lib/mails/access.ts";
import { listStuckMails } from "#lib/mails/queries.ts";
import { retryAllMails } from "#lib/mails/retry-all-mails.ts";
import { retryMail } from "#lib/mails/retry-mail.ts";

export const { GET, POST } = accountPage({
  access: mailKeepers,
  area: "mails",
  get: ({ page, session }) => view(page, session),
  post: async ({ page, session, typed }) => {
    const mailId = typedValue(typed, "mail");
    try {
      if (mailId === "all") await retryAllMails(session);
      else await retryMail(session, mailId);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return view(page, session, { gone: true });
    }
    return { to: "/moderation/mails" };
  },
});

async function view(page: Page, session: Session, { gone = false } = {}) {
  const mails = await listStuckMails(session);
  return {
    title: page.t("mail.stuck.title"),
    body: <StuckMailList page={page} mails={mails} gone={gone} />,
    status: gone ? 409 : 200,
  };
}
