import { typedValue } from "#lib/forms/rules.ts";
import { FieldFrame, type FieldProps } from "./field-frame.tsx";
import { describedBy, errorText } from "./form-view.ts";

type TextFieldProps = FieldProps & {
  type?: "text" | "email" | "url" | "tel" | "date" | "number";
  max?: number;
  autoComplete?: string;
  inputMode?: "numeric" | "text";
  /** How wide the answer is, so that the field says what is expected. */
  width?: "short" | "middle";
  list?: string;
};

export function TextField(props: TextFieldProps) {
  const { form, name, hint, type = "text", max, autoComplete, inputMode, width, list } = props;
  const error = errorText(form, name);
  return (
    <FieldFrame {...props}>
      <input
        id={name}
        name={name}
        type={type}
        className={width}
        defaultValue={typedValue(form.typed, name)}
        maxLength={max && type !== "number" ? max * 2 : undefined}
        autoComplete={autoComplete ?? "off"}
        inputMode={inputMode}
        list={list}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, { hint, error })}
      />
    </FieldFrame>
  );
}
