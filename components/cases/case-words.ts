import { type Clock, daysLeft } from "#lib/cases/rules.ts";
import type { Page } from "../ui/page.ts";

/** Names that stand in the reference data, in the language of the page. */
export type CaseNames = {
  statement: (id: string) => string;
  credentialType: (id: string) => string;
  compact: (id: string) => string;
  level: (kind: string, id: string) => string;
};

export function dayOf(page: Page, moment: Date): string {
  return page.day(moment.toISOString().slice(0, 10));
}

/** "14:30 UTC": the day is today's. */
export function hourOf(moment: Date): string {
  return `${moment.toISOString().slice(11, 16)} UTC`;
}

/** "12 days left", "3 days over", and whether they run. */
export function clockWords({ t }: Page, clock: Clock, now: Date): string {
  const left = daysLeft(clock, now);
  const days =
    left >= 0
      ? t("moderation.clock.left", { days: left })
      : t("moderation.clock.over", { days: -left });
  return clock.stoppedAt === null ? days : `${days}. ${t("moderation.clock.stopped")}`;
}
