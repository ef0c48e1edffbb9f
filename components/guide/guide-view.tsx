import { keepWordsDays } from "#lib/reports/rules.ts";
import { Contents } from "../ui/contents.tsx";
import type { Page } from "../ui/page.ts";
import { GuideSection } from "./guide-section.tsx";
import { guideLookedAt, guideParts, guidePoints } from "./parts.ts";
import { QuestionList } from "./question-list.tsx";

/** For someone who looks for a therapist: what to ask, and who can read what is written. */
export function GuideView({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <div className="prose reading">
      <h1>{t("guide.heading")}</h1>
      <p className="lead">{t("guide.lead")}</p>
      <p className="note">{t("guide.general", { date: page.day(guideLookedAt) })}</p>
      <Contents
        label={t("guide.contents")}
        parts={guideParts.map((id) => ({ id, name: t(`guide.part.${id}`) }))}
      />
      <GuideSection page={page} part="ask" lead={t("guide.ask.lead")}>
        <QuestionList page={page} />
      </GuideSection>
      <GuideSection
        page={page}
        part="reporting"
        lead={t("guide.reporting.lead")}
        points={guidePoints.reporting}
        sources={t("guide.reporting.sources")}
      />
      <GuideSection
        page={page}
        part="records"
        points={guidePoints.records}
        sources={t("guide.records.sources")}
      />
      <GuideSection
        page={page}
        part="diagnosis"
        points={guidePoints.diagnosis}
        sources={t("guide.diagnosis.sources")}
      />
      <GuideSection
        page={page}
        part="courts"
        points={guidePoints.courts}
        sources={t("guide.courts.sources")}
      />
      <GuideSection
        page={page}
        part="immigration"
        points={guidePoints.immigration}
        sources={t("guide.immigration.sources")}
      />
      <GuideSection page={page} part="paying" points={guidePoints.paying} />
      <GuideSection page={page} part="distance" points={guidePoints.distance} />
      <GuideSection page={page} part="couples" points={guidePoints.couples} />
      <GuideSection page={page} part="work" lead={t("guide.work.lead")} points={guidePoints.work} />
      <GuideSection
        page={page}
        part="complain"
        points={guidePoints.complain}
        values={{ days: keepWordsDays }}
        sources={t("guide.complain.sources")}
      >
        <p>
          <a href={href("/how-we-vet#wrong")}>{t("guide.complain.link")}</a>
        </p>
      </GuideSection>
      <GuideSection page={page} part="limits">
        <ul>
          <li>{t("guide.limits.fit")}</li>
          <li>{t("guide.limits.harm")}</li>
          <li>{t("guide.limits.law")}</li>
          <li>{t("guide.limits.trace")}</li>
        </ul>
        <p>
          <a href={href("/privacy")}>{t("guide.limits.privacyLink")}</a>
        </p>
        <p>
          <a href={href("/help-now")}>{t("guide.limits.helpLink")}</a>
        </p>
      </GuideSection>
    </div>
  );
}
