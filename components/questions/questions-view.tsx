import type { OwnCase, Question } from "#lib/questions/queries.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";
import { AnsweredList } from "./answered-list.tsx";
import { type Kept, KeptWords } from "./kept-words.tsx";
import { MessageThread } from "./message-thread.tsx";
import { QuestionForm } from "./question-form.tsx";

export type QuestionsPage = {
  cases: readonly OwnCase[];
  /** Why the profile was sent back; null when it was not. */
  sentBack: { reason: string } | null;
  done: "answered" | "sent" | null;
  kept: Kept | null;
};

/** What moderators ask and write, and a place to answer each. */
export function QuestionsView({ form, view }: { form: FormView; view: QuestionsPage }) {
  const { page } = form;
  const { t, href } = page;
  const { cases, sentBack, done, kept } = view;
  const asked = cases.flatMap(({ questions }) => questions);
  const isOpen = ({ answeredAt }: Question) => answeredAt === null;
  const open = asked.filter(isOpen);
  const answered = asked.filter((question) => !isOpen(question));
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href("/account")}>{t("questions.back")}</a>
      </p>
      <ErrorSummary form={form} />
      {done && <SavedNotice>{t(`questions.done.${done}`)}</SavedNotice>}
      <h1>{t("questions.title")}</h1>
      {kept && <KeptWords page={page} kept={kept} />}
      {sentBack && <SentBack page={page} reason={sentBack.reason} />}
      {open.length === 0 && !sentBack && <p>{t("questions.none")}</p>}
      {open.length > 0 && <QuestionForm form={form} questions={open} />}
      {answered.length > 0 && <AnsweredList page={page} questions={answered} />}
      {cases.map((each) => (
        <MessageThread key={each.id} form={form} thread={each} />
      ))}
      <p>
        <a href={href("/account/decisions")}>{t("questions.decisions.all")}</a>
      </p>
    </div>
  );
}

function SentBack({ page, reason }: { page: Page; reason: string }) {
  const { t, href } = page;
  return (
    <Notice id="sent-back" heading={t("questions.sentBackHeading")}>
      <p className="kept">{reason}</p>
      <p>{t("questions.sentBack")}</p>
      <p>
        <a className="button" href={href("/account/profile")}>
          {t("account.toProfile")}
        </a>
      </p>
    </Notice>
  );
}
