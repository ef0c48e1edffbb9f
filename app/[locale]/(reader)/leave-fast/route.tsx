import { readerPage } from "#app/reader/reader-page.tsx";
import { LeaveFast } from "#components/layout/leave-fast.tsx";

export const GET = readerPage(({ page }) => ({
  title: page.t("leaveFast.title"),
  body: <LeaveFast page={page} />,
  keep: true,
}));
