import type { ReactNode } from "react";
import { rowCount } from "#lib/forms/rules.ts";
import type { FormView } from "../forms/form-view.ts";

type RowsProps = {
  form: FormView;
  name: string;
  max: number;
  /** What one of them is called: "Place 2". */
  title: (number: number) => string;
  add: string;
  children: (row: number, prefix: string) => ReactNode;
};

/** Rows of fields with buttons to add and take away, that work without scripts as well. */
export function Rows({ form, name, max, title, add, children }: RowsProps) {
  const count = rowCount(form.typed, name, max);
  return (
    <div className="rows" data-rows={name}>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
        <fieldset key={row} className="row" data-row>
          <legend>{title(row + 1)}</legend>
          {children(row, `${name}.${row}`)}
          <button type="submit" name="intent" value={`remove:${name}.${row}`} className="plain">
            {form.page.t("editor.removeRow", { what: title(row + 1) })}
          </button>
        </fieldset>
      ))}
      {count < max && (
        <button type="submit" name="intent" value={`add:${name}`} className="quiet">
          {add}
        </button>
      )}
    </div>
  );
}
