import type { LetterPage, OwnKey } from "#lib/enquiries/queries.ts";
import { letterEnd, replyEnd } from "#lib/enquiries/rules.ts";
import { mostAbuseWords } from "#lib/enquiries/schema.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";
import { Pager } from "../ui/pager.tsx";
import { OpenByAge } from "./open-by-age.tsx";
import { SealedLetter } from "./sealed-letter.tsx";
import { ThreadTemplate } from "./thread-template.tsx";
import { UnlockForm } from "./unlock-form.tsx";

type InboxViewProps = {
  page: Page;
  therapistId: string;
  keys: readonly OwnKey[];
  inbox: LetterPage;
  /** Which page of letters this is, from 1. */
  current: number;
  closed: boolean;
};

/** Letters as they came, sealed; a script opens them here, and nowhere else. */
export function InboxView(props: InboxViewProps) {
  const { page, therapistId, keys, inbox, current, closed } = props;
  const { t, href } = page;
  const { letters, total, pages } = inbox;
  const path = (at: number) =>
    href(at === 1 ? "/account/messages" : `/account/messages?page=${at}`);
  return (
    <div
      className="prose inbox"
      data-inbox={therapistId}
      data-address={href("/account/messages")}
      data-came-today={letterEnd(page.today)}
    >
      {closed && <SavedNotice>{t("inbox.closed")}</SavedNotice>}
      <h1>{t("inbox.title")}</h1>
      <p className="lead">{t("inbox.count", { count: total })}</p>
      <Standing page={page} keys={keys} />
      {total > 0 && (
        <>
          <section className="notice without" aria-labelledby="without" data-without>
            <h2 id="without">{t("inbox.without.heading")}</h2>
            <p>{t("inbox.without.lead")}</p>
            <p>{t("inbox.without.answer")}</p>
          </section>
          <p role="status" className="step" data-said />
          <div data-locked>
            <UnlockForm page={page} keys={keys} />
          </div>
          <OpenInbox page={page} pages={pages} current={current} nextHref={path(current + 1)} />
          <section aria-labelledby="sealed" data-sealed-letters>
            <h2 id="sealed">{t("inbox.sealed")}</h2>
            <ol className="letters-sealed">
              {letters.map((letter) => (
                <SealedLetter key={letter.id} page={page} letter={letter} />
              ))}
            </ol>
            <Pager page={page} current={current} pages={pages} hrefOf={path} />
          </section>
          <OpenByAge page={page} keys={keys} />
          <ThreadTemplate page={page} />
          <InboxSayings page={page} />
        </>
      )}
      <section aria-labelledby="rules">
        <h2 id="rules">{t("inbox.rules.heading")}</h2>
        <ul>
          <li>{t("inbox.rules.days")}</li>
          <li>{t("inbox.rules.nothing")}</li>
          <li>{t("inbox.rules.answer")}</li>
          <li>{t("inbox.rules.emergency")}</li>
        </ul>
      </section>
    </div>
  );
}

function Standing({ page: { t, href }, keys }: { page: Page; keys: readonly OwnKey[] }) {
  const active = keys.some(({ state }) => state === "active");
  const waiting = keys.some(({ state }) => state === "waiting");
  return (
    <p>
      {t(active ? "inbox.standing.open" : "inbox.standing.closed")}{" "}
      {waiting && t("inbox.standing.waiting")}{" "}
      <a href={href("/account/messages/keys")}>
        {t(keys.length > 0 ? "inbox.standing.keys" : "inbox.standing.make")}
      </a>
    </p>
  );
}

type OpenInboxProps = { page: Page; pages: number; current: number; nextHref: string };

/** What a script shows while the letters are open. */
function OpenInbox({ page: { t }, pages, current, nextHref }: OpenInboxProps) {
  return (
    <section aria-labelledby="open" data-open hidden>
      <h2 id="open">{t("inbox.open.heading")}</h2>
      <p className="locks">
        <button type="button" className="outlined" data-lock>
          {t("inbox.open.lock")}
        </button>{" "}
        <span className="note">{t("inbox.open.locksItself")}</span>
      </p>
      <p className="notice" data-other-keys hidden />
      <div data-threads />
      <p data-none hidden>
        {t("inbox.open.none")}
      </p>
      <form data-more hidden={current >= pages} data-next={nextHref}>
        <p role="alert" className="alarm" data-alarm />
        <p role="status" className="step" data-status />
        <button type="submit" className="outlined">
          {t("inbox.open.more")}
        </button>
      </form>
      <details data-unreadable hidden>
        <summary data-unreadable-count />
        <p>{t("inbox.unreadable.lead")}</p>
        <form data-clear>
          <p role="alert" className="alarm" data-alarm />
          <p role="status" className="step" data-status />
          <button type="submit" className="outlined">
            {t("inbox.unreadable.clear")}
          </button>
        </form>
      </details>
    </section>
  );
}

/** Numbers are filled in where the letters are open. */
function InboxSayings({ page }: { page: Page }) {
  const { t, day } = page;
  return (
    <Sayings
      sayings={{
        opening: t("inbox.unlock.opening"),
        locked: t("inbox.open.locked"),
        "locked-itself": t("inbox.open.lockedItself"),
        "other-keys": t("inbox.open.otherKeys", { count: "{count}" }),
        unreadable: t("inbox.unreadable.count", { count: "{count}" }),
        answered: t("inbox.thread.answered"),
        unanswered: t("inbox.thread.unanswered"),
        "answered-until": t("inbox.thread.until", { day: day(replyEnd(page.today)) }),
        empty: t("inbox.answer.empty"),
        "too-long": t("inbox.answer.tooLong"),
        room: t("inbox.answer.room", { number: "{number}" }),
        "room-over": t("inbox.answer.roomOver", { number: "{number}" }),
        sealing: t("inbox.answer.sealing"),
        sending: t("inbox.answer.sending"),
        sent: t("inbox.answer.sent"),
        full: t("inbox.answer.full"),
        "not-open": t("inbox.answer.notOpen"),
        "no-words": t("inbox.show.noWords"),
        "many-words": t("inbox.show.manyWords", { max: mostAbuseWords }),
        shown: t("inbox.show.done"),
        "shown-full": t("inbox.show.full"),
        nothing: t("inbox.show.nothingMarked"),
        deleted: t("inbox.end.done"),
        offline: t("inbox.trouble.offline"),
        "signed-out": t("inbox.trouble.signedOut"),
        gone: t("inbox.trouble.gone"),
        away: t("inbox.trouble.away"),
        failed: t("inbox.trouble.failed"),
      }}
    />
  );
}
