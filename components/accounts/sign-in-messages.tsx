import type { Page } from "../ui/page.ts";

type MessageProps = { page: Page; minutes: number };

/** The same for every address, whether we know it or not. */
export function LinkSent({ page, minutes }: MessageProps) {
  const { t, href, site } = page;
  return (
    <div className="prose message">
      <h1>{t("signIn.sent.heading")}</h1>
      <p className="lead">{t("signIn.sent.lead", { minutes })}</p>
      <p>{t("signIn.sent.nothing")}</p>
      <p>
        <a href={href("/sign-in")}>{t("signIn.sent.again")}</a>
      </p>
      {site.demo && (
        <p>
          <a href={href("/demo/mails")}>{t("signIn.sent.demo")}</a>
        </p>
      )}
    </div>
  );
}

export function LinkGone({ page, minutes }: MessageProps) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("signIn.gone.heading")}</h1>
      <p>{t("signIn.gone.lead", { minutes })}</p>
      <p>
        <a className="button" href={href("/sign-in")}>
          {t("signIn.gone.again")}
        </a>
      </p>
    </div>
  );
}

/** Opening a link spends nothing, because mail scanners open it too: pressing the button does. */
export function ConfirmLink({ page, token, to }: { page: Page; token: string; to: string }) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("signIn.confirm.heading")}</h1>
      <p>{t("signIn.confirm.lead")}</p>
      <form method="post" action={href("/sign-in/confirm")}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="to" value={to} />
        <button type="submit">{t("signIn.confirm.button")}</button>
      </form>
    </div>
  );
}

export function AccountsClosed({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("signIn.closed.heading")}</h1>
      <p>{t("signIn.closed.lead")}</p>
      <p>
        <a className="button" href={href("/therapists")}>
          {t("notFound.search")}
        </a>
      </p>
    </div>
  );
}
