import { type ChainFault, type Head, headText } from "#lib/audit/rules.ts";
import type { Verdict } from "#lib/audit/verify-chain.ts";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import type { Page } from "../ui/page.ts";

export type CheckResult = Verdict | "too-long";

type ChainCheckProps = { form: FormView; head: Head; verdict: CheckResult | null };

/** How long the chain is and what it ends with, and a button that holds every event against it. */
export function ChainCheck({ form, head, verdict }: ChainCheckProps) {
  const { page } = form;
  const { t } = page;
  return (
    <section className="chain" aria-labelledby="chain">
      <h2 id="chain">{t("audit.chain.heading")}</h2>
      {verdict && <Result form={form} head={head} verdict={verdict} />}
      <p>{t("audit.chain.lead")}</p>
      <dl className="facts">
        <dt>{t("audit.chain.head")}</dt>
        <dd>
          <code>{headText(head)}</code>{" "}
          <small>{t("audit.chain.length", { count: head.seq })}</small>
        </dd>
      </dl>
      <form method="post" action={page.href(page.path)}>
        <TextField form={form} name="head" max={90} optional hint={t("audit.chain.headHint")} />
        <button type="submit">{t("audit.chain.check")}</button>
      </form>
    </section>
  );
}

type ResultProps = Omit<ChainCheckProps, "verdict"> & { verdict: CheckResult };

function Result({ form, head, verdict }: ResultProps) {
  const { t } = form.page;
  if (verdict === "too-long") {
    return (
      <p className="notice" role="status" data-focus tabIndex={-1}>
        {t("audit.chain.tooLong", { count: head.seq })}
      </p>
    );
  }
  if (verdict.fault) {
    return (
      <section
        className="notice wrong"
        role="alert"
        aria-labelledby="fault"
        data-focus
        tabIndex={-1}
      >
        <h3 id="fault">{t("audit.chain.notWell")}</h3>
        <p>
          <strong>{placeOf(form.page, verdict.fault)}.</strong>{" "}
          {t(`audit.fault.${verdict.fault.fault}`)}
        </p>
        <p>{t("audit.chain.before", { count: verdict.rows })}</p>
        <p>{t("audit.chain.tell")}</p>
      </section>
    );
  }
  const wasKept = (form.typed.head?.[0] ?? "").trim() !== "";
  return (
    <p className="saved" role="status" data-focus tabIndex={-1}>
      {t("audit.chain.well", { count: verdict.rows })} {wasKept && t("audit.chain.wellKept")}
    </p>
  );
}

function placeOf({ t }: Page, { seq, eventId }: ChainFault): string {
  if (seq === null) return t("audit.chain.atEvent", { event: eventId ?? "" });
  if (eventId === null) return t("audit.chain.atRowAlone", { seq: String(seq) });
  return t("audit.chain.atRow", { seq: String(seq), event: eventId });
}
