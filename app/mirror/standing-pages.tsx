import type { ReactElement } from "react";
import { TrainingCatalogue } from "#components/credentials/training-catalogue.tsx";
import { GuideView } from "#components/guide/guide-view.tsx";
import { HelpView } from "#components/help/help-view.tsx";
import { LeaveFast } from "#components/layout/leave-fast.tsx";
import { Privacy } from "#components/layout/privacy.tsx";
import type { Page } from "#components/ui/page.ts";
import { HowWeVet } from "#components/vetting/how-we-vet.tsx";
import { decisionRules } from "#lib/decisions/transitions.ts";
import { listHelp, listTrainingCatalogue, practiceStatements } from "#lib/reference/queries.ts";
import { listPersonalClasses } from "#lib/retention/classes.ts";
import { readCadence } from "#lib/vetting/cadence.ts";

export type StandingPage = { title: string; body: ReactElement };

/** Pages of a copy that are about nobody, by their paths. */
export const standingPages: Record<string, (page: Page) => StandingPage> = {
  "/guide": (page) => ({ title: page.t("guide.title"), body: <GuideView page={page} /> }),
  "/help-now": (page) => ({
    title: page.t("help.title"),
    body: <HelpView page={page} help={listHelp()} />,
  }),
  "/how-we-vet": (page) => ({ title: page.t("howWeVet.title"), body: howWeVet(page) }),
  "/trainings": (page) => ({
    title: page.t("trainings.title"),
    body: <TrainingCatalogue page={page} trainings={listTrainingCatalogue()} />,
  }),
  "/privacy": (page) => ({
    title: page.t("privacy.title"),
    body: <Privacy page={page} classes={listPersonalClasses()} />,
  }),
  "/leave-fast": (page) => ({
    title: page.t("leaveFast.title"),
    body: <LeaveFast page={page} />,
  }),
};

function howWeVet(page: Page): ReactElement {
  const questions = practiceStatements().map(({ id, label, prompt, core }) => ({
    id,
    statement: label[page.locale],
    prompt: prompt[page.locale],
    core,
  }));
  const rules = { cadence: readCadence(), decisions: decisionRules };
  return <HowWeVet page={page} rules={rules} questions={questions} />;
}
