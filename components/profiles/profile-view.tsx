import type { Reach } from "#lib/directory/rules.ts";
import type { PublicProfile } from "#lib/profiles/queries.ts";
import { ReportLink } from "../reports/report-link.tsx";
import type { Page } from "../ui/page.ts";
import type { RecordView } from "../vetting/record-line.tsx";
import { VerificationRecord } from "../vetting/verification-record.tsx";
import { AboutSection } from "./about-section.tsx";
import { DisclosureSection } from "./disclosure-section.tsx";
import { ProfileHeader } from "./profile-header.tsx";
import { SeeYouSection } from "./see-you-section.tsx";
import { StatementsSection, type StatementView } from "./statements-section.tsx";
import { TrainingsSection } from "./trainings-section.tsx";

export type ProfilePage = {
  profile: PublicProfile;
  reach: Reach;
  statements: readonly StatementView[];
  record: RecordView;
};

/** A therapist from the nearest question to the farthest: reach them, can they see you, how they work, what we know. */
export function ProfileView({ page, view }: { page: Page; view: ProfilePage }) {
  const { profile, reach, statements, record } = view;
  return (
    <article className="profile" {...personData(profile)}>
      <ProfileHeader page={page} profile={profile} />
      <OnThisPage page={page} />
      <SeeYouSection page={page} profile={profile} reach={reach} />
      <StatementsSection page={page} profile={profile} statements={statements} />
      <TrainingsSection page={page} profile={profile} />
      <DisclosureSection page={page} profile={profile} />
      <VerificationRecord page={page} record={record} />
      <AboutSection page={page} profile={profile} />
      <ReportLink page={page} slug={profile.slug} />
    </article>
  );
}

/** What search engines may read, as schema.org data; only where the therapist lets them. */
function personData({ searchEngines }: PublicProfile) {
  return searchEngines ? { itemScope: true, itemType: "https://schema.org/Person" } : {};
}

function OnThisPage({ page: { t } }: { page: Page }) {
  return (
    <nav className="on-page" aria-label={t("profile.onPage")}>
      <a href="#see-you">{t("profile.canTheySeeYou")}</a>
      <a href="#works">{t("profile.works")}</a>
      <a href="#learned">{t("profile.learned")}</a>
      <a href="#disclosure">{t("profile.disclosure")}</a>
      <a href="#record">{t("profile.record")}</a>
    </nav>
  );
}
