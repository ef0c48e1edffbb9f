import type { OwnKey } from "#lib/enquiries/queries.ts";
import { keyWaitHours } from "#lib/enquiries/rules.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";
import { NewKeyForms } from "./new-key-forms.tsx";
import { RewrapForms } from "./rewrap-forms.tsx";

export const keyNews = ["first", "waiting", "cancelled", "withdrawn", "rewrapped"] as const;
export type KeyNews = (typeof keyNews)[number];

type KeysViewProps = { page: Page; keys: readonly OwnKey[]; news: KeyNews | null };

/** How a therapist's keys stand, and every way to make, change and lose them. */
export function KeysView({ page, keys, news }: KeysViewProps) {
  const { t, href } = page;
  const of = (state: OwnKey["state"]) => keys.find((key) => key.state === state);
  const [active, waiting] = [of("active"), of("waiting")];
  const older = keys.filter(({ state }) => state === "earlier" || state === "withdrawn").length;
  return (
    <div className="prose own-keys">
      <p className="back">
        <a href={href("/account/messages")}>{t("inbox.title")}</a>
      </p>
      {news && <SavedNotice>{t(`inbox.news.${news}`)}</SavedNotice>}
      <h1>{t("inbox.keys.title")}</h1>
      <p className="lead">{t("inbox.keys.lead")}</p>
      {waiting && <WaitingKey page={page} waiting={waiting} />}
      {active && <ActiveKey page={page} active={active} />}
      {keys.length > 0 && !active && <p className="notice">{t("inbox.keys.noneActive")}</p>}
      {older > 0 && <p>{t("inbox.keys.older", { count: older })}</p>}
      <section className="notice without" aria-labelledby="without" data-without>
        <h2 id="without">{t("inbox.without.heading")}</h2>
        <p>{t("inbox.keys.without")}</p>
      </section>
      {!waiting && (
        <section className="new-key" aria-labelledby="new-key" data-new-key data-asleep hidden>
          <h2 id="new-key">{t(keys.length === 0 ? "inbox.make.first" : "inbox.make.another")}</h2>
          {keys.length > 0 && <p>{t("inbox.make.waits", { hours: keyWaitHours })}</p>}
          <NewKeyForms page={page} later={keys.length > 0} />
        </section>
      )}
      {keys.length > 0 && <RewrapForms page={page} keys={keys} />}
      <section aria-labelledby="lost">
        <h2 id="lost">{t("inbox.lost.heading")}</h2>
        <ul>
          <li>{t("inbox.lost.one")}</li>
          <li>{t("inbox.lost.all")}</li>
          <li>{t("inbox.lost.taken")}</li>
        </ul>
      </section>
    </div>
  );
}

function WaitingKey({ page, waiting }: { page: Page; waiting: OwnKey }) {
  const { t, day } = page;
  return (
    <Notice id="waiting" heading={t("inbox.waiting.heading")}>
      <p>{t("inbox.waiting.lead", { day: day(todayUtc(waiting.activeFrom)) })}</p>
      <p>
        <code className="fingerprint">{waiting.fingerprint}</code>
      </p>
      <KeyButton page={page} intent="cancel" keyId={waiting.id} />
    </Notice>
  );
}

function ActiveKey({ page, active }: { page: Page; active: OwnKey }) {
  const { t, site } = page;
  const snippet = t("inbox.active.snippet", { site: site.name, fingerprint: active.fingerprint });
  return (
    <section aria-labelledby="active">
      <h2 id="active">{t("inbox.active.heading")}</h2>
      <p>
        <code className="fingerprint big">{active.fingerprint}</code>
      </p>
      <p>{t("inbox.active.compare")}</p>
      <blockquote className="snippet" data-snippet>
        {snippet}
      </blockquote>
      <p data-copy-part hidden>
        <button type="button" className="outlined" data-copy={t("inbox.active.copied")}>
          {t("inbox.active.copy")}
        </button>{" "}
        <span role="status" data-copied />
      </p>
      <details>
        <summary>{t("inbox.withdraw.heading")}</summary>
        <p>{t("inbox.withdraw.lead")}</p>
        <ul>
          <li>{t("inbox.withdraw.stops")}</li>
          <li>{t("inbox.withdraw.stays")}</li>
          <li>{t("inbox.withdraw.again", { hours: keyWaitHours })}</li>
        </ul>
        <KeyButton page={page} intent="withdraw" keyId={active.id} />
      </details>
    </section>
  );
}

type KeyButtonProps = { page: Page; intent: "cancel" | "withdraw"; keyId: string };

function KeyButton({ page: { t, href }, intent, keyId }: KeyButtonProps) {
  return (
    <form method="post" action={href("/account/messages/keys")}>
      <input type="hidden" name="key" value={keyId} />
      <button type="submit" className="outlined" name="intent" value={intent}>
        {t(intent === "cancel" ? "inbox.waiting.cancel" : "inbox.withdraw.button")}
      </button>
    </form>
  );
}
