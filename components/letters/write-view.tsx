import type { ArmouredProblem } from "#lib/letters/armoured.ts";
import type { Page } from "../ui/page.ts";
import { ArmouredForm } from "./armoured-form.tsx";
import { LetterSent } from "./letter-sent.tsx";
import { SealForm } from "./seal-form.tsx";
import { WhatHappens } from "./what-happens.tsx";
import { WithoutScripts } from "./without-scripts.tsx";
import type { WriteTo } from "./write-to.ts";

type WriteViewProps = {
  page: Page;
  to: WriteTo;
  /** Address of the script that does the work. */
  worker: string;
  /** What came into the box for sealed text, and why it was not taken. */
  refused: { typed: string; problem: ArmouredProblem | "full" } | null;
};

/** Where a reader writes to one therapist; sealed here, and opened there alone. */
export function WriteView({ page, to, worker, refused }: WriteViewProps) {
  const { t, href } = page;
  const { slug, name, recipient } = to;
  return (
    <div className="prose write" data-write={slug} data-recipient={recipient} data-worker={worker}>
      <div data-unsent>
        <p className="back">
          <a href={href(`/therapists/${slug}`)}>{t("contact.back")}</a>
        </p>
        <h1>{t("letters.write.heading", { name })}</h1>
        {refused && (
          <p className="notice" role="alert" data-focus tabIndex={-1}>
            {t("letters.armoured.notSent")} <a href="#armoured">{t("letters.armoured.look")}</a>
          </p>
        )}
        <p className="lead">{t("letters.write.lead", { name })}</p>
        <WithoutScripts page={page}>
          <ul>
            <li>
              <a href={href(`/therapists/${slug}/contact`)}>
                {t("letters.without.contact", { name })}
              </a>
            </li>
            <li>
              <a href="#age">{t("letters.without.age")}</a>
            </li>
          </ul>
        </WithoutScripts>
        <SealForm page={page} />
        <WhatHappens page={page} to={to} />
        <ArmouredForm
          page={page}
          slug={slug}
          name={name}
          recipient={recipient}
          typed={refused?.typed ?? ""}
          problem={refused?.problem ?? null}
        />
      </div>
      <LetterSent page={page} name={name} />
    </div>
  );
}
