import type { PublicProfile } from "#lib/profiles/queries.ts";
import { disclosureParts } from "#lib/revisions/rules.ts";
import type { Page } from "../ui/page.ts";

/** What a person should know before telling anything: duties, notes, names, bills, courts. */
export function DisclosureSection({ page, profile }: { page: Page; profile: PublicProfile }) {
  const { t } = page;
  const lang = profile.textLocale === page.locale ? undefined : profile.textLocale;
  return (
    <section aria-labelledby="disclosure" className="disclosure">
      <h2 id="disclosure">{t("profile.disclosure")}</h2>
      <p className="note">{t("profile.disclosureLead")}</p>
      <dl className="facts">
        {disclosureParts.map((part) => {
          const words = profile.disclosure?.[part];
          return (
            <div key={part}>
              <dt>{t(`profile.card.${part}`)}</dt>
              <dd lang={words ? lang : undefined}>{words ?? t("profile.notSaid")}</dd>
            </div>
          );
        })}
      </dl>
      {!page.copyOf && (
        <p className="take-link">
          <a href={page.href(`/therapists/${profile.slug}/card`)}>{t("takeAlong.link")}</a>
        </p>
      )}
    </section>
  );
}
