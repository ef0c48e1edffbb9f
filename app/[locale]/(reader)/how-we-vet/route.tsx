import { readerPage } from "#app/reader/reader-page.tsx";
import { HowWeVet } from "#components/vetting/how-we-vet.tsx";
import { decisionRules } from "#lib/decisions/transitions.ts";
import { practiceStatements } from "#lib/reference/queries.ts";
import { readCadence } from "#lib/vetting/cadence.ts";

export const GET = readerPage(({ page }) => ({
  title: page.t("howWeVet.title"),
  body: (
    <HowWeVet
      page={page}
      rules={{ cadence: readCadence(), decisions: decisionRules }}
      questions={practiceStatements().map(({ id, label, prompt, core }) => ({
        id,
        statement: label[page.locale],
        prompt: prompt[page.locale],
        core,
      }))}
    />
  ),
  keep: true,
}));
