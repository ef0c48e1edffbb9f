import { typedValue } from "#lib/forms/rules.ts";
import { lengthOf } from "#lib/forms/schema.ts";
import { FieldFrame, type FieldProps } from "./field-frame.tsx";
import { describedBy, errorText } from "./form-view.ts";

type TextAreaProps = FieldProps & { max: number; min?: number; rows?: number; lang?: string };

/** Longer words, with a counter that says the limits and counts where scripts run. */
export function TextArea(props: TextAreaProps) {
  const { form, name, hint, max, min = 0, rows = 4, lang } = props;
  const { t } = form.page;
  const value = typedValue(form.typed, name);
  const error = errorText(form, name);
  return (
    <FieldFrame {...props}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        lang={lang}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, { hint, error, count: true })}
      />
      <p
        id={`${name}-count`}
        className="count"
        data-counter={name}
        data-max={max}
        data-template={t("forms.countOf", { count: "{n}", max })}
      >
        {lengthOf(value) > 0
          ? t("forms.countOf", { count: String(lengthOf(value)), max })
          : t(min > 0 ? "forms.between" : "forms.upTo", { min, max })}
      </p>
    </FieldFrame>
  );
}
