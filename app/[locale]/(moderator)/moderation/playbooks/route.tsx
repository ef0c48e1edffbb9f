import { accountPage } from "#app/account/account-page.tsx";
import { PlaybookList } from "#components/playbooks/playbook-list.tsx";
import { listPlaybooks } from "#lib/playbooks/queries.ts";
import { isSought, playbookReaders } from "#lib/playbooks/rules.ts";
import { listCountries } from "#lib/reference/queries.ts";

export const { GET, POST } = accountPage({
  access: playbookReaders,
  area: "playbooks",
  get: async ({ page, query }) => {
    const words = (query.get("words") ?? "").slice(0, 100);
    const country = query.get("country") ?? "";
    const all = await listPlaybooks();
    const countries = listCountries().map(({ code, name }) => ({
      value: code,
      label: name[page.locale],
    }));
    const form = {
      page,
      typed: { words: [words], country: [country] },
      errors: {},
      label: (field: string) =>
        page.t(field === "words" ? "playbooks.find.words" : "playbooks.find.country"),
    };
    return {
      title: page.t("playbooks.title"),
      body: (
        <PlaybookList
          form={form}
          playbooks={all.filter((line) => isSought(line, { country, words }))}
          countries={countries}
        />
      ),
    };
  },
});
