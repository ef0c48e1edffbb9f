import type { TermKind } from "#db/vocabulary.ts";
import type { PublicProfile } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";

type TermListProps = { page: Page; profile: PublicProfile; kind: TermKind; label: string | null };

/** The choices of one kind as a line of a description list; nothing where none were made. */
export function TermList({ page, profile, kind, label }: TermListProps) {
  const terms = profile.terms.filter((term) => term.kind === kind);
  if (terms.length === 0) return null;
  return (
    <div>
      {label !== null && <dt>{label}</dt>}
      <dd>
        {terms
          .map(({ id, detail }) => page.term(kind, id) + (detail ? ` (${detail})` : ""))
          .join(" · ")}
      </dd>
    </div>
  );
}
