import { profilePage } from "#app/reader/profile-page.ts";
import { readerPage } from "#app/reader/reader-page.tsx";
import { ProfileView } from "#components/profiles/profile-view.tsx";
import { NotFoundError } from "#lib/errors.ts";
import { getPublicProfile } from "#lib/profiles/queries.ts";

export const GET = readerPage<{ locale: string; slug: string }>(async ({ page, params }) => {
  const profile = await getPublicProfile(params.slug, page.today);
  if (profile === null) throw new NotFoundError();
  return {
    title: profile.name,
    body: <ProfileView page={page} view={profilePage(page, profile)} />,
    indexable: profile.searchEngines,
    keep: true,
  };
});
