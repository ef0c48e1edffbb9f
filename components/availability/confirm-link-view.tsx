import type { OwnAvailability } from "#lib/availability/queries.ts";
import { LINK_DAYS } from "#lib/availability/rules.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import type { Page } from "../ui/page.ts";
import { ConfirmForms } from "./confirm-forms.tsx";
import { SaidNow } from "./said-now.tsx";

type ConfirmLinkProps = {
  page: Page;
  availability: OwnAvailability;
  sent?: { typed: Typed; errors: FieldErrors };
};

/** What whoever holds the link from the mail may see and confirm, and no more. */
export function ConfirmLinkView({ page, availability, sent }: ConfirmLinkProps) {
  const { t, href } = page;
  const name = availability.displayName ?? availability.name;
  return (
    <div className="prose">
      <h1>{t("availability.link.heading")}</h1>
      <p className="lead">{t("availability.link.lead", { name })}</p>
      <SaidNow page={page} availability={availability} />
      <ConfirmForms page={page} availability={availability} {...(sent && { sent })} />
      <p>
        <a href={href("/account/profile/fees")}>{t("availability.link.feesAccount")}</a>
      </p>
    </div>
  );
}

type DeadLinkProps = { page: Page; why: "used" | "expired" | "unknown" | "notListed" };

/** Why a link does nothing, and the way round. */
export function DeadLink({ page, why }: DeadLinkProps) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t(`availability.link.${why}.heading`)}</h1>
      <p>{t(`availability.link.${why}.lead`, { days: LINK_DAYS })}</p>
      <p>
        <a className="button" href={href("/account/availability")}>
          {t("availability.link.signIn")}
        </a>
      </p>
    </div>
  );
}

export function LinkConfirmed({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("availability.link.done.heading")}</h1>
      <p>{t("availability.link.done.lead")}</p>
      <p>
        <a href={href("/account/availability")}>{t("availability.link.signIn")}</a>
      </p>
    </div>
  );
}
