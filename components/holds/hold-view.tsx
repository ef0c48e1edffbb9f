import type { Hold } from "#lib/holds/queries.ts";
import type { Page } from "../ui/page.ts";

type HoldViewProps = { page: Page; hold: Hold; mayLift: boolean };

/** One hold: on whom, why, who set it, and how much it keeps. */
export function HoldView({ page, hold, mayLift }: HoldViewProps) {
  const { t, day, href } = page;
  const { id, slug, setBy, setAt, liftedBy, liftedAt } = hold;
  const name = hold.displayName ?? slug;
  const by = (person: string | null) => person || t("holds.someone");
  return (
    <section className="hold" aria-labelledby={`hold-${id}`}>
      <h3 id={`hold-${id}`}>{name}</h3>
      <p>{hold.reason}</p>
      <p className="note">
        {t("holds.since", { day: day(dayOf(setAt)), name: by(setBy) })}{" "}
        {liftedAt && t("holds.until", { day: day(dayOf(liftedAt)), name: by(liftedBy) })}{" "}
        {t("holds.documents", { count: hold.documents })}
      </p>
      {mayLift && (
        <form method="post" action={href("/moderation/holds")}>
          <button
            type="submit"
            className="plain"
            name="lift"
            value={id}
            aria-label={t("holds.liftThis", { name })}
            aria-describedby={`hint-${id}`}
          >
            {t("holds.lift")}
          </button>
          <p className="note" id={`hint-${id}`}>
            {t("holds.liftHint")}
          </p>
        </form>
      )}
    </section>
  );
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
