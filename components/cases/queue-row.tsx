import { checkTracks } from "#db/vocabulary.ts";
import type { QueueRow } from "#lib/cases/queries.ts";
import type { Page } from "../ui/page.ts";
import { clockWords, hourOf } from "./case-words.ts";

type QueueRowViewProps = { page: Page; row: QueueRow; now: Date };

export function QueueRowView({ page, row, now }: QueueRowViewProps) {
  const { t, href } = page;
  const name = row.name ?? t("moderation.noName");
  return (
    <li data-case>
      <h3 id={`case-${row.id}`}>
        <a href={href(`/moderation/cases/${row.id}`)}>{name}</a>
        {row.urgent && <small> {t(`decisions.kind.${row.kind}`)}</small>}
      </h3>
      <p>
        {[
          row.dueOn && t("moderation.queue.due", { day: page.day(row.dueOn) }),
          clockWords(page, row, now),
          row.jurisdictions.map((code) => page.region(code)).join(", "),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="note">{looks(page, row)}</p>
      {row.wantsSecond && <p className="second">{t("moderation.queue.wantsSecond")}</p>}
      <form method="post" action={href(page.path)}>
        {row.claimer === null ? (
          <button
            type="submit"
            name="case"
            value={row.id}
            className="quiet"
            aria-describedby={`case-${row.id}`}
          >
            {t("moderation.claim.claim")}
          </button>
        ) : (
          <p className="note">
            {t("moderation.claim.by", {
              name: row.claimer.name,
              hour: row.claimedUntil ? hourOf(row.claimedUntil) : "",
            })}
          </p>
        )}
      </form>
    </li>
  );
}

function looks({ t }: Page, row: QueueRow): string {
  const open = checkTracks.flatMap((track) => {
    const count = row.looks[track];
    return count ? [`${t(`track.${track}`)}: ${count}`] : [];
  });
  return open.length > 0 ? open.join(" · ") : t("moderation.queue.noLooks");
}
