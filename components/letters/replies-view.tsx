import type { Page } from "../ui/page.ts";
import { BurnWords } from "./burn-words.tsx";
import { CodenameField } from "./codename-field.tsx";
import { ProgressLines } from "./progress-lines.tsx";
import { Sayings } from "./sayings.tsx";
import { WithoutScripts } from "./without-scripts.tsx";

/** Twelve words in, answers out. Nothing here says which page the words were made on. */
export function RepliesView({ page, worker }: { page: Page; worker: string }) {
  const { t, href } = page;
  return (
    <div
      className="prose replies"
      data-replies
      data-worker={worker}
      data-again={href("/therapists/-id-/write")}
    >
      <h1>{t("letters.replies.heading")}</h1>
      <p className="lead">{t("letters.replies.lead")}</p>
      <WithoutScripts page={page}>
        <p>{t("letters.without.replies")}</p>
      </WithoutScripts>
      <form className="seal" autoComplete="off" data-look data-asleep hidden>
        <CodenameField page={page} />
        <ProgressLines page={page} />
        <button type="submit" disabled data-ready>
          {t("letters.replies.look")}
        </button>
        <Sayings
          sayings={{
            opening: t("letters.step.opening"),
            nothing: t("letters.replies.nothing"),
            "from-moderators": t("letters.replies.fromModerators"),
          }}
        />
      </form>
      <Answers page={page} />
      <BurnWords page={page} />
    </div>
  );
}

function Answers({ page: { t } }: { page: Page }) {
  return (
    <section aria-labelledby="answers" data-answers hidden>
      <h2 id="answers">{t("letters.replies.answers")}</h2>
      <p className="note" data-order>
        {t("letters.replies.order")}
      </p>
      <div data-list />
      <p className="notice" data-broken hidden>
        {t("letters.replies.broken")}
      </p>
      <template data-answer>
        <article className="letter-answer">
          <h3 data-from>{t("letters.replies.from")}</h3>
          <p className="letter-body" dir="auto" data-body />
          <p className="note" data-last>
            {t("letters.replies.last")}
          </p>
          <p>
            <a href="#words" data-again>
              {t("letters.replies.again")}
            </a>
          </p>
        </article>
      </template>
    </section>
  );
}
