import type { Trouble } from "#lib/directory/search-directory.ts";
import type { Page } from "../ui/page.ts";

/** One line, before what it is about; nothing when all is as it should be. */
export function TroubleNote({ page, trouble }: { page: Page; trouble: Trouble | null }) {
  if (trouble === null) return null;
  if (trouble.kind === "simpler") return <p className="note">{page.t("search.simpler")}</p>;
  const { asOf } = trouble;
  return (
    <p className="note">
      {page.t("search.asOf", {
        day: page.day(dayOf(asOf)),
        time: asOf.toISOString().slice(11, 16),
      })}
    </p>
  );
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
