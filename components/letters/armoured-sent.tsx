import type { Page } from "../ui/page.ts";

/** After text that a reader sealed themselves; the same for every therapist. */
export function ArmouredSent({ page: { t, href } }: { page: Page }) {
  return (
    <div className="prose message">
      <h1>{t("letters.armoured.sentHeading")}</h1>
      <p className="lead">{t("letters.armoured.answer")}</p>
      <p>
        <a className="button" href={href("/therapists")}>
          {t("reports.sent.goOn")}
        </a>
      </p>
    </div>
  );
}
