import type { SourceList } from "#lib/registers/queries.ts";
import type { Page } from "../ui/page.ts";

type ConfirmListProps = {
  page: Page;
  confirm: NonNullable<SourceList["confirm"]>;
  /** For how many it was just done. */
  done: number | null;
};

/** The month's exclusion list, confirmed in one step for everyone whose name is not in it. */
export function ConfirmList({ page, confirm: { asOf, people, more }, done }: ConfirmListProps) {
  const { t, href } = page;
  const day = page.day(asOf);
  return (
    <section aria-labelledby="confirm-list">
      <h2 id="confirm-list">{t("registers.confirm.heading")}</h2>
      {done !== null && (
        <p className="notice" role="status">
          {t("registers.confirm.done", { count: done })}
        </p>
      )}
      {people === 0 && <p>{t("registers.confirm.none", { day })}</p>}
      {people > 0 && (
        <form method="post" action={href("/moderation/registers/exclusions")}>
          <p id="confirm-hint">{t("registers.confirm.hint")}</p>
          <button type="submit" name="asOf" value={asOf} aria-describedby="confirm-hint">
            {t("registers.confirm.do", { count: people, more: more ? "yes" : "no", day })}
          </button>
        </form>
      )}
    </section>
  );
}
