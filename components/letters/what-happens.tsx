import { keptDays } from "#lib/enquiries/rules.ts";
import type { Page } from "../ui/page.ts";
import type { WriteTo } from "./write-to.ts";

/** Who sees what, for how long, and by which key. */
export function WhatHappens({ page, to }: { page: Page; to: WriteTo }) {
  const { t, href } = page;
  const { name, fingerprint } = to;
  return (
    <section aria-labelledby="what-happens">
      <h2 id="what-happens">{t("letters.next.heading")}</h2>
      <ul>
        <li>{t("letters.next.sees", { name })}</li>
        <li>{t("letters.next.kept", keptDays)}</li>
        <li>{t("letters.next.answer")}</li>
        <li>
          {t("letters.next.device")} <a href={href("/privacy#writing")}>{t("letters.next.more")}</a>
        </li>
      </ul>
      <h3>{t("letters.key.heading")}</h3>
      <p>
        <code className="fingerprint" data-fingerprint>
          {fingerprint}
        </code>
      </p>
      <p className="note">{t("letters.key.compare", { name })}</p>
    </section>
  );
}
