import { profilePage } from "#app/reader/profile-page.ts";
import { readerPage } from "#app/reader/reader-page.tsx";
import { TroubleNote } from "#components/directory/trouble-note.tsx";
import { ProfileView } from "#components/profiles/profile-view.tsx";
import { profileOnHand } from "#lib/directory/profile-on-hand.ts";
import { NotFoundError } from "#lib/errors.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";

export const GET = readerPage<{ locale: string; slug: string }>(async ({ page, params }) => {
  const moment = { today: page.today, stamp: currentStamp() };
  const { profile, asOf } = await profileOnHand(params.slug, moment);
  if (profile === null) throw new NotFoundError();
  return {
    title: profile.name,
    body: (
      <>
        <TroubleNote page={page} trouble={asOf && { kind: "older", asOf }} />
        <ProfileView page={page} view={profilePage(page, profile)} />
      </>
    ),
    indexable: profile.searchEngines,
    keep: asOf === null,
  };
});
