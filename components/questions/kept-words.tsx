import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

/** Words that could not be saved as they were meant, and why. */
export type Kept = { why: "conflict" | "closed"; words: readonly string[] };

type KeptWordsProps = { page: Page; kept: Kept };

/** Words that found their place taken: shown, so that nothing typed is lost. */
export function KeptWords({ page: { t }, kept: { why, words } }: KeptWordsProps) {
  return (
    <Notice id="kept" heading={t(`questions.${why}Heading`)}>
      <p>{t(`questions.${why}`)}</p>
      {words.map((each) => (
        <blockquote key={each} className="kept">
          {each}
        </blockquote>
      ))}
    </Notice>
  );
}
