import type { HeldClass } from "#lib/retention/classes.ts";
import type { Page } from "../ui/page.ts";

type WhatWeHoldProps = { page: Page; classes: readonly HeldClass[] };

/** What is held about people, from the classes that every column of the database belongs to. */
export function WhatWeHold({ page: { t }, classes }: WhatWeHoldProps) {
  return (
    <section aria-labelledby="held">
      <h2 id="held">{t("retention.heading")}</h2>
      <p>{t("retention.lead")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("retention.what")}</th>
            <th scope="col">{t("retention.until")}</th>
          </tr>
        </thead>
        <tbody>
          {classes.map(({ name, days }) => (
            <tr key={name}>
              <th scope="row">{t(`retention.class.${name}.what`)}</th>
              <td>{t(`retention.class.${name}.until`, { days: days ?? 0 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
