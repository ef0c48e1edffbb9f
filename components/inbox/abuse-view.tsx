import type { AbuseNote } from "#lib/enquiries/queries.ts";
import { keepAbuseDays } from "#lib/enquiries/rules.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import type { Page } from "../ui/page.ts";

type AbuseViewProps = {
  page: Page;
  notes: readonly AbuseNote[];
  /** The one whose words are open, and its words; null once they are gone. */
  opened: { id: string; words: string | null } | null;
  settled: boolean;
};

/** What therapists chose to show of letters that did harm. Whoever opens one is noted. */
export function AbuseView({ page, notes, opened, settled }: AbuseViewProps) {
  const { t } = page;
  return (
    <div className="prose staff">
      {settled && <SavedNotice>{t("inbox.abuse.settled")}</SavedNotice>}
      <h1>{t("inbox.abuse.title")}</h1>
      <p className="lead">{t("inbox.abuse.lead")}</p>
      <p className="note">{t("inbox.abuse.kept", { days: keepAbuseDays })}</p>
      {notes.length === 0 && <p>{t("inbox.abuse.none")}</p>}
      <ol className="abuse">
        {notes.map((note) => (
          <li key={note.id}>
            <Note page={page} note={note} opened={opened?.id === note.id ? opened : null} />
          </li>
        ))}
      </ol>
    </div>
  );
}

type NoteProps = { page: Page; note: AbuseNote; opened: AbuseViewProps["opened"] };

function Note({ page, note, opened }: NoteProps) {
  const { t, href, day } = page;
  const { id, slug, name, receivedOn } = note;
  return (
    <article aria-labelledby={`note-${id}`}>
      <h2 id={`note-${id}`}>{t("inbox.abuse.from", { name })}</h2>
      <p className="note">
        {t("inbox.abuse.received", { day: day(receivedOn) })}{" "}
        <a href={href(`/therapists/${slug}`)}>{t("inbox.abuse.profile")}</a>
      </p>
      {opened &&
        (opened.words === null ? (
          <p>{t("inbox.abuse.gone")}</p>
        ) : (
          // Whatever was written keeps its lines, and turns no other text around.
          <blockquote className="letter-body" dir="auto" data-focus tabIndex={-1}>
            {opened.words}
          </blockquote>
        ))}
      <form method="post" action={href("/moderation/abuse")} className="buttons">
        <input type="hidden" name="note" value={id} />
        {opened ? (
          <button type="submit" name="intent" value="settle" aria-describedby={`note-${id}`}>
            {t("inbox.abuse.settle")}
          </button>
        ) : (
          <button
            type="submit"
            className="outlined"
            name="intent"
            value="open"
            aria-describedby={`note-${id}`}
          >
            {t("inbox.abuse.open")}
          </button>
        )}
      </form>
    </article>
  );
}
