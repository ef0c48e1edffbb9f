import type { ClaimConflict } from "#lib/case-files/load-conflicts.ts";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

type ConflictsProps = { page: Page; conflicts: readonly ClaimConflict[] };

/** Numbers that two accounts claim: one of them is not who they say. */
export function Conflicts({ page, conflicts }: ConflictsProps) {
  const { t, href } = page;
  if (conflicts.length === 0) return null;
  return (
    <Notice id="conflicts" heading={t("moderation.conflicts.heading")}>
      <ul>
        {conflicts.map(({ id, letters, number, otherName, otherCaseId }) => {
          const name = otherName ?? t("moderation.noName");
          return (
            <li key={id}>
              {letters} {number}:{" "}
              {otherCaseId ? <a href={href(`/moderation/cases/${otherCaseId}`)}>{name}</a> : name}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
