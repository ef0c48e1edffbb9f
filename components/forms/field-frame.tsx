import type { ReactNode } from "react";
import { baseName, errorText, type FormView } from "./form-view.ts";

export type FieldProps = {
  form: FormView;
  name: string;
  hint?: ReactNode;
  optional?: boolean;
};

/** Label, hint and error around one input. */
export function FieldFrame({
  form,
  name,
  hint,
  optional,
  children,
}: FieldProps & { children: ReactNode }) {
  const error = errorText(form, name);
  return (
    <div className={error ? "field wrong" : "field"}>
      <label htmlFor={name}>
        {form.label(baseName(name))}
        {optional && <small> {form.page.t("forms.optional")}</small>}
      </label>
      {hint && <p id={`${name}-hint`}>{hint}</p>}
      <FieldProblem name={name} text={error} />
      {children}
    </div>
  );
}

export function FieldProblem({ name, text }: { name: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={`${name}-error`} className="problem">
      {text}
    </p>
  );
}
