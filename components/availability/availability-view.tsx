import type { OwnAvailability } from "#lib/availability/queries.ts";
import { daysBetween } from "#lib/availability/rules.ts";
import { confirmable, listingMoves } from "#lib/availability/transitions.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import { freshness } from "#lib/profiles/rules.ts";
import type { Page } from "../ui/page.ts";
import { ConfirmForms } from "./confirm-forms.tsx";
import { SaidNow } from "./said-now.tsx";

export const doneThings = ["saved", "paused", "resumed"] as const;

type AvailabilityViewProps = {
  page: Page;
  availability: OwnAvailability;
  /** What was just done, or that it could not be. */
  news?: (typeof doneThings)[number] | "moved" | undefined;
  sent?: { typed: Typed; errors: FieldErrors };
};

/** A therapist's own openings, fees and listing, and what can be done about them. */
export function AvailabilityView({ page, availability, news, sent }: AvailabilityViewProps) {
  const { t, href } = page;
  const open = confirmable.some((state) => state === availability.listingState);
  return (
    <div className="prose">
      <h1>{t("availability.heading")}</h1>
      {news && (
        <p className="notice" role={news === "moved" ? "alert" : "status"}>
          {t(`availability.${news}`)}
        </p>
      )}
      <h2>{t("availability.now")}</h2>
      <SaidNow page={page} availability={availability} />
      <p>
        <a href={href("/account/profile/fees")}>{t("availability.feesChange")}</a>
      </p>
      {open && <ConfirmForms page={page} availability={availability} {...(sent && { sent })} />}
      <p className="note">{t("availability.decay", freshness)}</p>
      <Listing page={page} availability={availability} />
    </div>
  );
}

function Listing({ page, availability }: { page: Page; availability: OwnAvailability }) {
  const { t } = page;
  const { listingState: state, confirmedOn } = availability;
  const days = daysBetween(confirmedOn, page.today);
  const hidden = state === "listed" && days >= freshness.hiddenAt;
  return (
    <section aria-labelledby="listing">
      <h2 id="listing">{t("availability.listing.heading")}</h2>
      <p>
        {hidden
          ? t("availability.listing.listedHidden", { days })
          : t(`availability.listing.${state}`)}
      </p>
      {(["pause", "resume"] as const).map(
        (move) =>
          listingMoves[move].from === state && (
            <form key={move} method="post">
              <p>{t(`availability.${move}Hint`)}</p>
              <button type="submit" name="move" value={move} className="quiet">
                {t(`availability.${move}`)}
              </button>
            </form>
          ),
      )}
    </section>
  );
}
