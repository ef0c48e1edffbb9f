import type { TermKind } from "#db/vocabulary.ts";
import type { Words } from "#lib/words/labels.ts";

/** What every component is handed: the words of one language, and where links lead. */
export type Page = Words & {
  /** Today in UTC, `YYYY-MM-DD`: status is derived from dates with it. */
  today: string;
  /** Path and query without the language prefix, for the switch of language. */
  path: string;
  /** An address on this site in the page's language. */
  href: (path: string) => string;
  term: (kind: TermKind, id: string) => string;
  region: (code: string) => string;
  /** "Portland, Oregon" */
  place: (city: string, region: string) => string;
  /** The day of a read-only copy, which has no server behind it; nothing on the site itself. */
  copyOf?: string;
  site: {
    name: string;
    exitUrl: string;
    demo: boolean;
    stylesheet: string;
  };
};
