import type { CheckMethod, CheckTrack, SourceType } from "#db/vocabulary.ts";
import { type CheckDates, checkStatus, lastDayOf } from "#lib/vetting/rules.ts";
import type { Page } from "../ui/page.ts";

export type RecordCheck = CheckDates & {
  id: string;
  claim: string;
  authority: string | null;
  sourceType: SourceType;
  method: CheckMethod;
  sourceUrl: string | null;
  sourceAsOf: string | null;
  sourceStatus: string | null;
  conditions: string | null;
  publicNote: string | null;
  secondReviewer: boolean;
};

export type RecordView = readonly { track: CheckTrack; checks: readonly RecordCheck[] }[];

/** One look at one claim: what, who was asked, when, what they said, and when we look again. */
export function RecordLine({ page, check }: { page: Page; check: RecordCheck }) {
  const { t } = page;
  const status = checkStatus(check, page.today);
  if (status === "not-shown") return null;
  return (
    <li className={`record-${status}`}>
      <strong>{check.claim}</strong> <span className="status">{t(`record.status.${status}`)}</span>
      <p>{sentences(page, check, status).join(" ")}</p>
      {check.publicNote && <p>{check.publicNote}</p>}
      {check.authority && (
        <p className="source">
          {t("record.how", {
            source: t(`record.sourceType.${check.sourceType}`),
            method: t(`record.method.${check.method}`),
          })}{" "}
          {check.sourceUrl && (
            <a href={check.sourceUrl} rel="noreferrer external">
              {t("record.source")}
            </a>
          )}
        </p>
      )}
    </li>
  );
}

function sentences(page: Page, check: RecordCheck, status: string): string[] {
  const { t } = page;
  const last = lastDayOf(check);
  const list: string[] = [];
  if (check.authority && check.checkedOn) {
    list.push(t("record.looked", { name: check.authority, date: page.day(check.checkedOn) }));
  }
  if (last !== null && check.secondReviewer) list.push(t("record.lookedSecond"));
  if (check.sourceStatus) list.push(t("record.saidWord", { words: check.sourceStatus }));
  if (check.sourceAsOf) list.push(t("record.sourceDate", { date: page.day(check.sourceAsOf) }));
  if (check.conditions) list.push(t("record.conditions", { words: check.conditions }));
  if (status === "expired" && last) return [...list, t("record.ended", { date: page.day(last) })];
  if (last !== null) {
    const words = status === "expiring" ? "record.runsOut" : "record.until";
    list.push(t(words, { date: page.day(last) }));
  }
  if (check.nextCheckOn) list.push(t("record.next", { date: page.day(check.nextCheckOn) }));
  return list;
}
