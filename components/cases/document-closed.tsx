import type { Page } from "../ui/page.ts";
import { FramePage } from "./frame-page.tsx";

/** Why a frame has no document in it. */
export type ClosedBecause = "closed" | "signedOut" | "gone" | "away";

type DocumentClosedProps = { page: Page; why: ClosedBecause };

const ways = {
  closed: { to: "/sign-in/second-factor", words: "moderation.documents.showFactor" },
  signedOut: { to: "/sign-in", words: "forms.kept.signIn" },
} as const;

/** A sentence in place of a document, and the way back to it: in a tab beside what was typed. */
export function DocumentClosed({ page, why }: DocumentClosedProps) {
  const { t, href } = page;
  const way = why === "closed" || why === "signedOut" ? ways[why] : null;
  return (
    <FramePage page={page}>
      <p>{t(`moderation.documents.${why}`)}</p>
      {way && (
        <p>
          <a
            className="button"
            href={`${href(way.to)}?${new URLSearchParams({ to: page.path })}`}
            target="_blank"
            rel="noopener"
          >
            {t(way.words)}
          </a>
        </p>
      )}
      {why !== "gone" && (
        <p>
          <a href={href(page.path)}>{t("moderation.documents.here")}</a>
        </p>
      )}
    </FramePage>
  );
}
