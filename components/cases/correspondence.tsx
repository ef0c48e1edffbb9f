import type { AskedItemView, MessageView } from "#lib/case-files/load-correspondence.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import type { Page } from "../ui/page.ts";
import { dayOf } from "./case-words.ts";
import { claimTitle } from "./claim-facts.tsx";

type CorrespondenceProps = { page: Page; file: CaseFile };

/** What the therapist was asked and told, what they said, and what moderators noted. */
export function Correspondence({ page, file }: CorrespondenceProps) {
  const { t, href } = page;
  if (!file.details) return null;
  const { items, messages } = file.details;
  const base = `/moderation/cases/${file.case.id}`;
  return (
    <section aria-labelledby="words">
      <h2 id="words">{t("moderation.words.heading")}</h2>
      {items.length === 0 && messages.length === 0 && <p>{t("moderation.words.none")}</p>}
      {items.length > 0 && (
        <ol className="earlier">
          {items.map((item) => (
            <Item key={item.id} page={page} file={file} item={item} />
          ))}
        </ol>
      )}
      {messages.length > 0 && (
        <ol className="earlier">
          {messages.map((message) => (
            <Message key={message.id} page={page} message={message} />
          ))}
        </ol>
      )}
      <p className="buttons">
        <a href={href(`${base}/ask`)}>{t("moderation.ask.heading")}</a>
        <a href={href(`${base}/messages`)}>{t("moderation.message.heading")}</a>
      </p>
    </section>
  );
}

type ItemProps = CorrespondenceProps & { item: AskedItemView };

function Item({ page, file, item }: ItemProps) {
  const { t } = page;
  const about = file.claims.find(({ now }) => now.id === item.checkId);
  return (
    <li>
      <p className="note">
        {t("moderation.words.asked", {
          name: item.askedBy ?? t("moderation.history.someone"),
          day: dayOf(page, item.askedAt),
        })}{" "}
        {about && claimTitle(page, about.now)}
      </p>
      <p className="kept">{item.question}</p>
      {item.answer === null || item.answeredAt === null ? (
        <p className="note">{t("moderation.words.waiting")}</p>
      ) : (
        <>
          <p className="note">
            {t("moderation.words.answered", { day: dayOf(page, item.answeredAt) })}
          </p>
          <blockquote className="kept" dir="auto">
            {item.answer}
          </blockquote>
        </>
      )}
    </li>
  );
}

function Message({ page, message }: { page: Page; message: MessageView }) {
  const { t } = page;
  const day = dayOf(page, message.writtenAt);
  const name = message.writer ?? t("moderation.history.someone");
  return (
    <li className={message.kind}>
      <p className="note">{t(`moderation.words.${message.kind}`, { name, day })}</p>
      <p className="kept" dir="auto">
        {message.words}
      </p>
    </li>
  );
}
