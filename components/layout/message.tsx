import type { Page } from "../ui/page.ts";

type MessageProps = {
  page: Page;
  message: "notFound" | "unavailable" | "failure" | "badRequest";
};

/** A page that says why there is no page, and where to go from here. */
export function Message({ page, message }: MessageProps) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t(`${message}.heading`)}</h1>
      <p>{t(`${message}.lead`)}</p>
      <p>
        {message === "unavailable" ? (
          <a className="button" href={href(page.path)}>
            {t("unavailable.again")}
          </a>
        ) : (
          <a className="button" href={href("/therapists")}>
            {t("notFound.search")}
          </a>
        )}
      </p>
    </div>
  );
}
