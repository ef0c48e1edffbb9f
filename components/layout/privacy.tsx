import { keptDays } from "#lib/enquiries/rules.ts";
import { keepWordsDays } from "#lib/reports/rules.ts";
import type { HeldClass } from "#lib/retention/classes.ts";
import { WhatWeHold } from "../retention/what-we-hold.tsx";
import { Contents } from "../ui/contents.tsx";
import type { Page } from "../ui/page.ts";

type PrivacyProps = { page: Page; classes: readonly HeldClass[] };

const parts = [
  "looking",
  "writing",
  "reports",
  "traces",
  "demands",
  "mails",
  "therapists",
] as const;

/** What is held and what is not, where that ends, and the list of it all. */
export function Privacy({ page, classes }: PrivacyProps) {
  const { t } = page;
  const heading = (part: (typeof parts)[number]) => <h2 id={part}>{t(`privacy.part.${part}`)}</h2>;
  return (
    <div className="prose reading">
      <h1>{t("privacy.heading")}</h1>
      <p className="lead">{t("privacy.lead")}</p>
      <Contents
        label={t("privacy.contents")}
        parts={[
          ...parts.map((id) => ({ id, name: t(`privacy.part.${id}`) })),
          { id: "held", name: t("retention.heading") },
        ]}
      />
      {heading("looking")}
      <ul>
        <li>{t("privacy.looking.cookies")}</li>
        <li>{t("privacy.looking.scripts")}</li>
        <li>{t("privacy.looking.others")}</li>
        <li>{t("privacy.looking.log")}</li>
      </ul>
      {heading("writing")}
      <ul>
        <li>{t("privacy.writing.sealed")}</li>
        <li>{t("privacy.writing.row")}</li>
        <li>{t("privacy.writing.size")}</li>
        <li>{t("privacy.writing.words")}</li>
        <li>{t("privacy.writing.goes", keptDays)}</li>
        <li>{t("privacy.writing.reader")}</li>
        <li>{t("privacy.writing.lie")}</li>
      </ul>
      {heading("reports")}
      <p>{t("reports.privacy", { days: keepWordsDays })}</p>
      {heading("traces")}
      <ul>
        <li>{t("privacy.traces.search")}</li>
        <li>
          {t("privacy.traces.leave")}{" "}
          <a href={page.href("/leave-fast")}>{t("privacy.traces.more")}</a>
        </li>
        <li>{t("privacy.traces.network")}</li>
        <li>{t("privacy.traces.host")}</li>
        <li>{t("privacy.traces.contact")}</li>
      </ul>
      {heading("demands")}
      <ul>
        <li>{t("privacy.demands.could")}</li>
        <li>{t("privacy.demands.couldNot")}</li>
        <li>{t("privacy.demands.twelve")}</li>
        <li>{t("privacy.demands.forced")}</li>
      </ul>
      {heading("mails")}
      <ul>
        <li>{t("privacy.mails.words")}</li>
        <li>{t("privacy.mails.backups")}</li>
      </ul>
      {heading("therapists")}
      <p>{t("privacy.therapists")}</p>
      <WhatWeHold page={page} classes={classes} />
    </div>
  );
}
