import type { PublicProfile } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";
import { OwnWords } from "./own-words.tsx";
import { TermList } from "./term-list.tsx";

export function AboutSection({ page, profile }: { page: Page; profile: PublicProfile }) {
  const { t } = page;
  return (
    <section aria-labelledby="about">
      <h2 id="about">{t("profile.about", { name: profile.name })}</h2>
      <OwnWords page={page} locale={profile.textLocale} text={profile.about} />
      <h3>{t("profile.approach")}</h3>
      <OwnWords page={page} locale={profile.textLocale} text={profile.approach} />
      <dl className="facts">
        <TermList page={page} profile={profile} kind="modality" label={t("profile.modalities")} />
        <TermList page={page} profile={profile} kind="concern" label={t("profile.concerns")} />
        <TermList page={page} profile={profile} kind="identity" label={t("profile.identities")} />
      </dl>
    </section>
  );
}
