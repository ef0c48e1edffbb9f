import type { DecisionAction } from "#db/vocabulary.ts";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

export type WaitingThings = {
  /** Questions without an answer. */
  asked: number;
  /** Days left in which moderators answer, negative when they are late; null while none run. */
  daysLeft: number | null;
  appealable: readonly { id: string; action: DecisionAction; until: string }[];
};

/** What the therapist can do now, each with the way to do it. */
export function WaitingNotice({ page, waiting }: { page: Page; waiting: WaitingThings }) {
  const { t, href } = page;
  const { asked, appealable } = waiting;
  if (asked === 0 && appealable.length === 0) return null;
  return (
    <Notice id="waiting" heading={t("questions.overview.heading")}>
      {asked > 0 && (
        <p>
          {t("questions.overview.asked", { count: asked })}{" "}
          <a href={href("/account/questions")}>{t("questions.overview.answer")}</a>
        </p>
      )}
      {appealable.map(({ id, action, until }) => (
        <p key={id}>
          {t(`decisions.done.${action}`)}.{" "}
          {t("questions.overview.appeal", { day: page.day(until) })}{" "}
          <a href={href(`/account/decisions/${id}`)}>{t("questions.overview.decision")}</a>
        </p>
      ))}
    </Notice>
  );
}
