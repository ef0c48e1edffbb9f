import { keepWordsDays } from "#lib/reports/rules.ts";
import type { HeldClass } from "#lib/retention/classes.ts";
import { WhatWeHold } from "../retention/what-we-hold.tsx";
import type { Page } from "../ui/page.ts";

type PrivacyProps = { page: Page; classes: readonly HeldClass[] };

export function Privacy({ page, classes }: PrivacyProps) {
  const { t } = page;
  return (
    <div className="prose">
      <h1>{t("privacy.heading")}</h1>
      <p className="lead">{t("privacy.lead")}</p>
      <h2>{t("privacy.noneHeading")}</h2>
      <ul>
        <li>{t("privacy.none1")}</li>
        <li>{t("privacy.none2")}</li>
        <li>{t("privacy.none3")}</li>
        <li>{t("privacy.none4")}</li>
      </ul>
      <h2>{t("reports.privacyHeading")}</h2>
      <p>{t("reports.privacy", { days: keepWordsDays })}</p>
      <h2>{t("privacy.limitsHeading")}</h2>
      <ul>
        <li>{t("privacy.limits1")}</li>
        <li>{t("privacy.limits2")}</li>
        <li>{t("privacy.limits3")}</li>
        <li>{t("privacy.limits4")}</li>
      </ul>
      <h2>{t("privacy.therapistsHeading")}</h2>
      <p>{t("privacy.therapists")}</p>
      <WhatWeHold page={page} classes={classes} />
    </div>
  );
}
