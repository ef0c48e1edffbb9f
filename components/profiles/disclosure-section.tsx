import type { PublicProfile } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";

const questions = [
  "reporting",
  "notes",
  "diagnosis",
  "legalName",
  "billingWords",
  "subpoenas",
] as const;

/** What a person should know before telling anything: duties, notes, names, bills, courts. */
export function DisclosureSection({ page, profile }: { page: Page; profile: PublicProfile }) {
  const { t } = page;
  const lang = profile.textLocale === page.locale ? undefined : profile.textLocale;
  return (
    <section aria-labelledby="disclosure" className="disclosure">
      <h2 id="disclosure">{t("profile.disclosure")}</h2>
      <p className="note">{t("profile.disclosureLead")}</p>
      <dl className="facts">
        {questions.map((question) => {
          const words = profile.disclosure?.[question];
          return (
            <div key={question}>
              <dt>{t(`profile.card.${question}`)}</dt>
              <dd lang={words ? lang : undefined}>{words ?? t("profile.notSaid")}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
