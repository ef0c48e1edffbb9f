import { disclosureLimit, disclosureParts } from "#lib/revisions/rules.ts";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";

/** Parts that nobody can choose a therapist without. */
const needed: readonly string[] = ["reporting", "notes"];

export function DisclosureFields({ form }: { form: FormView }) {
  const { t } = form.page;
  return disclosureParts.map((part) => (
    <TextArea
      key={part}
      form={form}
      name={part}
      max={disclosureLimit}
      optional={!needed.includes(part)}
      hint={t(`editor.disclosureHint.${part}`)}
    />
  ));
}
