import { readerPage } from "#app/reader/reader-page.tsx";
import { HowWeVet } from "#components/vetting/how-we-vet.tsx";
import { practiceStatements } from "#lib/reference/queries.ts";

export const GET = readerPage(({ page }) => ({
  title: page.t("howWeVet.title"),
  body: (
    <HowWeVet
      page={page}
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
