import { caseKinds, checkTracks, textLocales } from "#db/vocabulary.ts";
import type { Queue } from "#lib/cases/queries.ts";
import { ageChoices, type QueueFilters, waitingFor, whoseCases } from "#lib/cases/schema.ts";
import type { FormView } from "../forms/form-view.ts";
import { type OptionGroup, SelectField } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";

type QueueFilterFormProps = {
  page: Page;
  filters: QueueFilters;
  queue: Queue;
  regions: readonly OptionGroup[];
};

/** A plain form by GET, so that a view of the queue has an address to keep. */
export function QueueFilterForm({ page, filters, queue, regions }: QueueFilterFormProps) {
  const { t, href } = page;
  const form: FormView = {
    page,
    typed: Object.fromEntries(
      Object.entries(filters).map(([name, value]) => [name, [String(value ?? "")]]),
    ),
    errors: {},
    label: (field) => (t as unknown as (key: string) => string)(`moderation.filter.${field}`),
  };
  const any = t("moderation.filter.any");
  const countOf = (kind: string) =>
    queue.counts.reduce((sum, each) => sum + (each.kind === kind ? each.count : 0), 0);
  return (
    <form method="get" action={href("/moderation")} className="filters-form">
      <details className="filters" data-filters>
        <summary>{t("moderation.filter.heading")}</summary>
        <SelectField
          form={form}
          name="kind"
          empty={any}
          options={caseKinds.map((kind) => ({
            value: kind,
            label: `${t(`decisions.kind.${kind}`)} (${countOf(kind)})`,
          }))}
        />
        <SelectField
          form={form}
          name="whose"
          options={whoseCases.map((whose) => ({
            value: whose,
            label: t(`moderation.filter.whoseIs.${whose}`),
          }))}
        />
        <SelectField
          form={form}
          name="waiting"
          empty={any}
          options={waitingFor.map((who) => ({
            value: who,
            label: t(`moderation.filter.waitingFor.${who}`),
          }))}
        />
        <SelectField
          form={form}
          name="track"
          empty={any}
          options={checkTracks.map((track) => ({ value: track, label: t(`track.${track}`) }))}
        />
        <SelectField form={form} name="jurisdiction" empty={any} groups={regions} />
        <SelectField
          form={form}
          name="language"
          empty={any}
          options={textLocales.map((locale) => ({
            value: locale,
            label: t(`moderation.locale.${locale}`),
          }))}
        />
        <SelectField
          form={form}
          name="olderThan"
          empty={any}
          options={ageChoices.map((days) => ({
            value: String(days),
            label: t("moderation.filter.days", { days }),
          }))}
        />
        <p className="buttons">
          <button type="submit">{t("moderation.filter.show")}</button>
          <a href={href("/moderation")}>{t("moderation.filter.clear")}</a>
        </p>
      </details>
    </form>
  );
}
