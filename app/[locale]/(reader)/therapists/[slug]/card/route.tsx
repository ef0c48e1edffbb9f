import { readerPage } from "#app/reader/reader-page.tsx";
import { TakeAlong } from "#components/profiles/take-along.tsx";
import { askTruth } from "#lib/circuits/truth.ts";
import { NotFoundError } from "#lib/errors.ts";
import { getPublicProfile } from "#lib/profiles/queries.ts";

export const GET = readerPage<{ locale: string; slug: string }>(async ({ page, params, query }) => {
  const profile = await askTruth((db) => getPublicProfile(params.slug, page.today, db));
  if (profile === null) throw new NotFoundError();
  return {
    title: page.t("takeAlong.title"),
    body: <TakeAlong page={page} profile={profile} quoting={query.get("words") !== "none"} />,
    keep: true,
  };
});
