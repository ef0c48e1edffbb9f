import type { PublicProfile } from "#lib/profiles/queries.ts";
import { disclosureParts } from "#lib/revisions/rules.ts";
import type { Page } from "../ui/page.ts";

type TakeAlongProps = {
  page: Page;
  profile: PublicProfile;
  /** Whether their own words are on the sheet: they may name what our words never do. */
  quoting: boolean;
};

/**
 * One sheet to take to a first session: what they say about notes and duties, what to ask, and room
 * for the answer. Whoever finds it reads of a therapist and of paperwork, and of nothing of ours.
 */
export function TakeAlong({ page, profile, quoting }: TakeAlongProps) {
  const { t, href } = page;
  const lang = profile.textLocale === page.locale ? undefined : profile.textLocale;
  const here = `/therapists/${profile.slug}/card`;
  return (
    <article className="take-along">
      <p className="back">
        <a href={href(`/therapists/${profile.slug}`)}>{t("contact.back")}</a>
      </p>
      <div className="on-screen">
        <p>{t("takeAlong.howToPrint")}</p>
        {quoting ? (
          <p>
            {t("takeAlong.readFirst")}{" "}
            <a href={href(`${here}?words=none`)}>{t("takeAlong.withoutWords")}</a>
          </p>
        ) : (
          <p>
            <a href={href(here)}>{t("takeAlong.withWords")}</a>
          </p>
        )}
      </div>
      <h1>{t("takeAlong.heading")}</h1>
      <p>{t("takeAlong.lead", { name: profile.name, date: page.day(page.today) })}</p>
      {disclosureParts.map((part) => {
        const words = profile.disclosure?.[part];
        return (
          <section key={part} aria-labelledby={part}>
            <h2 id={part}>{t(`profile.card.${part}`)}</h2>
            {quoting && <p lang={words ? lang : undefined}>{words ?? t("takeAlong.notSaid")}</p>}
            <p className="ask">{t(`takeAlong.ask.${part}`)}</p>
            <p className="answer-line">{t("takeAlong.answer")}:</p>
          </section>
        );
      })}
      <p className="note">{t("takeAlong.limits")}</p>
    </article>
  );
}
