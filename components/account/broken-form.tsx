import type { BodyError, ConflictReason } from "#lib/errors.ts";
import type { Page } from "../ui/page.ts";

type BrokenFormProps = {
  page: Page;
  reason: BodyError["reason"] | ConflictReason | "elsewhere";
};

export function BrokenForm({ page, reason }: BrokenFormProps) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("forms.broken.title")}</h1>
      <p>{t(`forms.broken.${reason}`)}</p>
      <p>
        <a className="button" href={href(page.path)}>
          {t("forms.back")}
        </a>
      </p>
    </div>
  );
}
