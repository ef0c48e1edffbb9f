import { accountPage } from "#app/account/account-page.tsx";
import { config } from "#app/reader/site.ts";
import { CaughtMailList } from "#components/mails/caught-mail-list.tsx";
import { listCaughtMails } from "#lib/email/caught-mails.ts";
import { NotFoundError } from "#lib/errors.ts";

/** What the demo has sent, for whoever tries it. There is no such page anywhere else. */
export const { GET, POST } = accountPage({
  access: "anyone",
  get: ({ page }) => {
    if (config.DEMO !== "1") throw new NotFoundError();
    const mails = listCaughtMails(config.DATA_DIR);
    return {
      title: page.t("mail.demo.title"),
      body: <CaughtMailList page={page} mails={mails} />,
    };
  },
});
