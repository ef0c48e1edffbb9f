import type { PublicProfile } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";
import { OwnWords } from "./own-words.tsx";
import { Portrait } from "./portrait.tsx";

export function ProfileHeader({ page, profile }: { page: Page; profile: PublicProfile }) {
  const { t, href } = page;
  const data = (name: string) => (profile.searchEngines ? { itemProp: name } : {});
  const letters = [...new Set(profile.credentials.map((credential) => credential.letters))];
  return (
    <header className="profile-header">
      <p className="back">
        <a href={href("/therapists")}>{t("profile.back")}</a>
      </p>
      <Portrait page={page} name={profile.name} photoId={profile.photoId} shown="large" />
      <h1 {...data("name")}>{profile.name}</h1>
      <p className="letters" {...data("honorificSuffix")}>
        {letters.join(", ")}
      </p>
      {profile.pronouns && <p>{t("profile.pronouns", { pronouns: profile.pronouns })}</p>}
      <OwnWords
        page={page}
        locale={profile.textLocale}
        className="headline"
        text={profile.headline}
      />
      {profile.registerNameNote && (
        <p>
          {t("profile.registerName")}: {profile.registerNameNote}
        </p>
      )}
      <p>
        <a
          className="button"
          href={page.copyOf ? "#contact" : href(`/therapists/${profile.slug}/contact`)}
        >
          {t("profile.contactButton")}
        </a>
      </p>
    </header>
  );
}
