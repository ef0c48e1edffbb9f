import type { WaitingChange } from "#lib/roles/queries.ts";
import { answersTo } from "#lib/roles/rules.ts";
import type { Page } from "../ui/page.ts";
import { nameOf, roleWords } from "./role-words.ts";

/** Who looks: a lead may act, an auditor reads. */
export type Viewer = { personId: string; isLead: boolean };

type WaitingChangeViewProps = { page: Page; change: WaitingChange; viewer: Viewer };

/** What somebody asked for, with the answers that the viewer may give. */
export function WaitingChangeView({ page, change, viewer }: WaitingChangeViewProps) {
  const { t, day, href } = page;
  const { personId, isLead } = viewer;
  const answers = isLead ? answersTo(change, personId) : [];
  const name = nameOf(change);
  const asker = nameOf({ name: change.askerName ?? "", email: change.askerEmail ?? "–" });
  return (
    <div className="notice waiting">
      <p>
        {t("roles.waiting.change", {
          name,
          from: roleWords(page, change.from),
          to: roleWords(page, change.to),
        })}
        <br />
        <small>
          {t("roles.waiting.asked", { name: asker, day: day(change.askedAt.toISOString()) })}
        </small>
      </p>
      {isLead && change.askedBy === personId && <p>{t("roles.waiting.yours")}</p>}
      {isLead && answers.length === 0 && <p>{t("roles.waiting.aboutYou")}</p>}
      {answers.length > 0 && (
        <form method="post" action={href(`/moderation/people/changes/${change.id}`)}>
          <p className="buttons">
            {answers.map((answer) => {
              const what = t(answerWords[answer]);
              return (
                <button
                  key={answer}
                  type="submit"
                  name="intent"
                  value={answer === "agree" ? "agree" : "decline"}
                  className={answer === "agree" ? undefined : "quiet"}
                  aria-label={t("roles.waiting.for", { what, name })}
                >
                  {what}
                </button>
              );
            })}
          </p>
        </form>
      )}
    </div>
  );
}

const answerWords = {
  agree: "roles.waiting.agree",
  decline: "roles.waiting.decline",
  "take-back": "roles.waiting.takeBack",
} as const;
