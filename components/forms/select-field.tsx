import { typedValue } from "#lib/forms/rules.ts";
import { FieldFrame, type FieldProps } from "./field-frame.tsx";
import { describedBy, errorText } from "./form-view.ts";

export type Option = { value: string; label: string };
export type OptionGroup = { label: string; options: readonly Option[] };

type SelectFieldProps = FieldProps & {
  /** What stands there before anything is chosen; without it the first option is. */
  empty?: string;
  options?: readonly Option[];
  groups?: readonly OptionGroup[];
};

export function SelectField(props: SelectFieldProps) {
  const { form, name, hint, empty, options = [], groups = [] } = props;
  const error = errorText(form, name);
  return (
    <FieldFrame {...props}>
      <select
        id={name}
        name={name}
        defaultValue={typedValue(form.typed, name)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, { hint, error })}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        <Options options={options} />
        <OptionGroups groups={groups} />
      </select>
    </FieldFrame>
  );
}

export function OptionGroups({ groups }: { groups: readonly OptionGroup[] }) {
  return groups.map(({ label, options }) => (
    <optgroup key={label} label={label}>
      <Options options={options} />
    </optgroup>
  ));
}

function Options({ options }: { options: readonly Option[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
