import type { TermKind } from "#db/vocabulary.ts";
import { typedList } from "#lib/forms/rules.ts";
import type { TermGroup } from "#lib/reference/queries.ts";
import { Choices } from "../forms/choices.tsx";
import { errorText, type FormView } from "../forms/form-view.ts";

type TermChoicesProps = {
  form: FormView;
  kind: TermKind;
  groups: readonly TermGroup[];
  hint?: string;
};

/** A long list of terms in its groups; those with something chosen are open. */
export function TermChoices({ form, kind, groups, hint }: TermChoicesProps) {
  const { locale, t } = form.page;
  const chosen = typedList(form.typed, kind);
  if (groups.length === 1 && (groups[0]?.terms.length ?? 0) <= 12) {
    return (
      <Choices
        form={form}
        name={kind}
        kind="checkbox"
        {...(hint && { hint })}
        choices={(groups[0]?.terms ?? []).map((term) => ({
          value: term.id,
          label: term.label[locale],
        }))}
      />
    );
  }
  return (
    <section className="field" aria-labelledby={`${kind}-label`}>
      <h2 id={`${kind}-label`}>{form.label(kind)}</h2>
      {hint && <p>{hint}</p>}
      {errorText(form, kind) && <p className="problem">{errorText(form, kind)}</p>}
      {groups.map((group, position) => {
        const count = group.terms.filter(({ id }) => chosen.includes(id)).length;
        return (
          <details key={group.id} open={count > 0 || undefined}>
            <summary>
              {group.label[locale] || form.label(kind)}
              {count > 0 && <small> {t("editor.chosen", { count })}</small>}
            </summary>
            <div className="choices">
              {group.terms.map((term, place) => (
                <label key={term.id} className="choice">
                  <input
                    type="checkbox"
                    id={position === 0 && place === 0 ? kind : `${kind}-${term.id}`}
                    name={kind}
                    value={term.id}
                    defaultChecked={chosen.includes(term.id)}
                  />
                  <span>{term.label[locale]}</span>
                </label>
              ))}
            </div>
          </details>
        );
      })}
    </section>
  );
}
