import { baseName, errorText, type FormView } from "./form-view.ts";

/** All that is wrong, at the top, each a way to its field. Takes the focus where scripts run. */
export function ErrorSummary({ form }: { form: FormView }) {
  const names = Object.keys(form.errors);
  if (names.length === 0) return null;
  const { t } = form.page;
  return (
    <section
      className="notice wrong"
      role="alert"
      aria-labelledby="errors"
      data-focus
      tabIndex={-1}
    >
      <h2 id="errors">{t("forms.errorHeading", { count: names.length })}</h2>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <a href={`#${name}`}>
              {labelled(form, name)}
              {errorText(form, name)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function labelled(form: FormView, name: string): string {
  if (name === "") return "";
  const row = /\.(\d+)\./.exec(name)?.[1];
  const label = form.label(baseName(name));
  return row ? `${label} (${Number(row) + 1}): ` : `${label}: `;
}
