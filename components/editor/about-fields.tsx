import type { TermGroup } from "#lib/reference/queries.ts";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";
import { TermChoices } from "./term-choices.tsx";

export type AboutChoices = Record<"modality" | "concern" | "identity", readonly TermGroup[]>;

type AboutFieldsProps = { form: FormView; choices: AboutChoices; limit: number };

export function AboutFields({ form, choices, limit }: AboutFieldsProps) {
  const { t } = form.page;
  return (
    <>
      <TextArea form={form} name="approach" max={limit} rows={7} hint={t("editor.hint.approach")} />
      <TextArea form={form} name="about" max={limit} rows={7} hint={t("editor.hint.about")} />
      <TermChoices
        form={form}
        kind="modality"
        groups={choices.modality}
        hint={t("editor.hint.modality")}
      />
      <TermChoices
        form={form}
        kind="concern"
        groups={choices.concern}
        hint={t("editor.hint.concern")}
      />
      <h2>{t("editor.identityHeading")}</h2>
      <p className="notice">{t("editor.identityNote")}</p>
      <TermChoices form={form} kind="identity" groups={choices.identity} />
    </>
  );
}
