import type { ReactNode } from "react";
import { typedList } from "#lib/forms/rules.ts";
import { FieldProblem } from "./field-frame.tsx";
import { baseName, describedBy, errorText, type FormView } from "./form-view.ts";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode };

type ChoicesProps = {
  form: FormView;
  name: string;
  kind: "radio" | "checkbox";
  choices: readonly Choice[];
  hint?: ReactNode;
  /** Said by a heading around it: the legend is then for screen readers alone. */
  quietLegend?: boolean;
};

/** One or many of a few answers, each a line to tap. */
export function Choices({ form, name, kind, choices, hint, quietLegend }: ChoicesProps) {
  const error = errorText(form, name);
  const chosen = typedList(form.typed, name);
  return (
    <fieldset
      className={error ? "field wrong" : "field"}
      aria-describedby={describedBy(name, { hint, error })}
    >
      <legend className={quietLegend ? "unseen" : undefined}>{form.label(baseName(name))}</legend>
      {hint && <p id={`${name}-hint`}>{hint}</p>}
      <FieldProblem name={name} text={error} />
      <div className="choices">
        {choices.map(({ value, label, hint: more }, position) => (
          <label key={value} className="choice">
            <input
              type={kind}
              id={position === 0 ? name : `${name}-${value}`}
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
            />
            <span>
              {label}
              {more && <small> {more}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A single yes. */
export function Checkbox({ form, name, hint }: Pick<ChoicesProps, "form" | "name" | "hint">) {
  const error = errorText(form, name);
  return (
    <div className={error ? "field wrong" : "field"}>
      <FieldProblem name={name} text={error} />
      <label className="choice">
        <input
          type="checkbox"
          id={name}
          name={name}
          defaultChecked={typedList(form.typed, name).includes("on")}
          aria-describedby={describedBy(name, { hint, error })}
        />
        <span>{form.label(baseName(name))}</span>
      </label>
      {hint && <p id={`${name}-hint`}>{hint}</p>}
    </div>
  );
}
