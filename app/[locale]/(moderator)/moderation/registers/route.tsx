import { accountPage } from "#app/account/account-page.tsx";
import { SourceList } from "#components/registers/source-list.tsx";
import { typedValue } from "#lib/forms/rules.ts";
import { registerReaders } from "#lib/registers/access.ts";
import { askReading } from "#lib/registers/ask-reading.ts";
import { listSources } from "#lib/registers/queries.ts";

export const { GET, POST } = accountPage({
  access: registerReaders,
  area: "registers",
  get: async ({ page, session, query }) => ({
    title: page.t("registers.title"),
    body: (
      <SourceList
        page={page}
        list={await listSources(session)}
        asked={query.get("asked") === "1"}
        confirmed={countIn(query.get("confirmed"))}
      />
    ),
  }),
  post: async ({ session, typed }) => {
    await askReading(session, typedValue(typed, "source"));
    return { to: "/moderation/registers?asked=1" };
  },
});

function countIn(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
