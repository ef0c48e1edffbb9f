import type { CardView, TrackLine } from "#lib/directory/index-document.ts";
import type { Page } from "../ui/page.ts";

type Line = { track: "identity" | "safety" | "affirming"; line: TrackLine };

/** The four lines of vetting in one row: what was looked at and when, or that it was not. */
export function CardChecks({ page, card }: { page: Page; card: CardView }) {
  return (
    <ul className="checks-row" aria-label={page.t("card.checks")}>
      <li>{checkText(page, { track: "identity", line: card.identityCheck })}</li>
      <li>{rightText(page, card)}</li>
      <li>{checkText(page, { track: "safety", line: card.safetyCheck })}</li>
      <li>{checkText(page, { track: "affirming", line: card.affirmingCheck })}</li>
    </ul>
  );
}

const trackNames = {
  identity: "track.identity",
  safety: "track.safety",
  affirming: "track.affirming-practice",
} as const;

function checkText(page: Page, { track, line }: Line): string {
  if (line === "waiting") return page.t("card.waiting", { track: page.t(trackNames[track]) });
  if (line === null || line.until < page.today) return page.t(`card.${track}None`);
  return page.t(`card.${track}`, { date: page.month(line.checkedOn) });
}

function rightText(page: Page, card: CardView): string {
  const current = card.rights.filter((right) => right.until >= page.today);
  const latest = current
    .map((right) => right.checkedOn)
    .toSorted()
    .at(-1);
  if (latest === undefined) return page.t("card.rightNone");
  const codes = [...new Set(current.map((right) => right.jurisdiction.split("-")[1] ?? ""))];
  const regions =
    codes.length > 4 ? `${codes.slice(0, 3).join(", ")} +${codes.length - 3}` : codes.join(", ");
  return page.t("card.right", { regions, date: page.month(latest) });
}
