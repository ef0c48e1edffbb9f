import type { Page } from "../ui/page.ts";

type OwnWordsProps = { page: Page; locale: string; text: string; className?: string };

/** A therapist's own text, paragraph by paragraph, marked when it is in another language. */
export function OwnWords({ page, locale, text, className }: OwnWordsProps) {
  const lang = locale === page.locale ? undefined : locale;
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => (
      <p key={paragraph} className={className} lang={lang}>
        {paragraph}
      </p>
    ));
}
