import { mostAbuseWords } from "#lib/enquiries/schema.ts";
import type { Page } from "../ui/page.ts";
import { Lines } from "./lines.tsx";

/** One conversation, as a script fills it in; what is typed has no name and cannot be sent as it is. */
export function ThreadTemplate({ page }: { page: Page }) {
  const { t } = page;
  return (
    <template data-thread>
      <article className="thread">
        <h3 data-heading>{t("inbox.thread.heading", { number: "{number}" })}</h3>
        <div data-bodies />
        <p className="note" data-no-answer hidden>
          {t("inbox.thread.noAnswer")}
        </p>
        <AnswerForm page={page} />
        <ShowForm page={page} />
        <EndForm page={page} />
        <template data-own-answer>
          <section className="own-answer">
            <h4>{t("inbox.thread.yours")}</h4>
            <p className="letter-body" dir="auto" data-own />
          </section>
        </template>
      </article>
    </template>
  );
}

function AnswerForm({ page: { t } }: { page: Page }) {
  return (
    <form autoComplete="off" data-answer>
      <label>
        {t("inbox.answer.label")}
        <textarea rows={8} autoComplete="off" spellCheck={false} data-body />
      </label>
      <p className="count" data-room />
      <label className="choice">
        <input type="checkbox" data-last />
        <span>{t("inbox.answer.last")}</span>
      </label>
      <Lines />
      <button type="submit">{t("inbox.answer.send")}</button>
    </form>
  );
}

function ShowForm({ page: { t } }: { page: Page }) {
  return (
    <details data-show-words>
      <summary>{t("inbox.show.heading")}</summary>
      <p>{t("inbox.show.lead")}</p>
      <form autoComplete="off" data-show-form>
        <button type="button" className="outlined" data-take>
          {t("inbox.show.take")}
        </button>
        <label>
          {t("inbox.show.label")}
          <textarea rows={6} autoComplete="off" spellCheck={false} data-words={mostAbuseWords} />
        </label>
        <Lines />
        <button type="submit">{t("inbox.show.send")}</button>
      </form>
    </details>
  );
}

function EndForm({ page: { t } }: { page: Page }) {
  return (
    <details data-end>
      <summary>{t("inbox.end.heading")}</summary>
      <p>{t("inbox.end.lead")}</p>
      <form data-end-form>
        <Lines />
        <button type="submit" className="outlined">
          {t("inbox.end.button")}
        </button>
      </form>
    </details>
  );
}
