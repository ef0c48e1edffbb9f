import { readerPage } from "#app/reader/reader-page.tsx";
import { TroubleNote } from "#components/directory/trouble-note.tsx";
import { TakeAlong } from "#components/profiles/take-along.tsx";
import { profileOnHand } from "#lib/directory/profile-on-hand.ts";
import { NotFoundError } from "#lib/errors.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";

export const GET = readerPage<{ locale: string; slug: string }>(async ({ page, params, query }) => {
  const moment = { today: page.today, stamp: currentStamp() };
  const { profile, asOf } = await profileOnHand(params.slug, moment);
  if (profile === null) throw new NotFoundError();
  return {
    title: page.t("takeAlong.title"),
    body: (
      <>
        <TroubleNote page={page} trouble={asOf && { kind: "older", asOf }} />
        <TakeAlong page={page} profile={profile} quoting={query.get("words") !== "none"} />
      </>
    ),
    keep: asOf === null,
  };
});
