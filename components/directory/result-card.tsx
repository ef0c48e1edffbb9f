import type { CardView } from "#lib/directory/index-document.ts";
import { availabilityOn } from "#lib/profiles/rules.ts";
import { CompareBox } from "../compare/compare-form.tsx";
import { feeRange } from "../profiles/fee-words.ts";
import { Portrait } from "../profiles/portrait.tsx";
import type { Page } from "../ui/page.ts";
import { CardChecks } from "./card-checks.tsx";

/** What a card needs beside the therapist: why they fit, and how far away they are. */
export type CardFit = { matches: readonly string[]; distance: string | null };

type ResultCardProps = { page: Page; card: CardView; fit: CardFit };

export function ResultCard({ page, card, fit }: ResultCardProps) {
  const { t, href } = page;
  return (
    <article>
      <Portrait page={page} name={card.name} photoId={card.photoId} shown="small" />
      <h2>
        <a href={href(`/therapists/${card.slug}`)}>{card.name}</a>
      </h2>
      <p className="letters">{[...card.letters, card.pronouns].filter(Boolean).join(" · ")}</p>
      <p className="headline" lang={card.textLocale === page.locale ? undefined : card.textLocale}>
        {card.headline}
      </p>
      <p>
        {[whereLine(page, card), formatLine(page, card)].filter(Boolean).join(" · ")}
        {fit.distance && ` · ${t("card.distance", { distance: fit.distance })}`}
      </p>
      <p>{[openingLine(page, card), feeLine(page, card)].filter(Boolean).join(" · ")}</p>
      <CardChecks page={page} card={card} />
      {fit.matches.length > 0 && (
        <p className="fits">{t("card.matches", { what: fit.matches.join(", ") })}</p>
      )}
      {!page.copyOf && <CompareBox page={page} slug={card.slug} name={card.name} />}
    </article>
  );
}

const shownRegions = 3;

function whereLine(page: Page, card: CardView): string {
  const cities = [...new Set(card.cities.map(({ city, region }) => page.place(city, region)))];
  const remote = card.format.some((format) => format !== "in-person");
  if (!remote) return cities.join("; ");
  const regions = currentRegions(page, card);
  if (regions.length === 0) return cities.join("; ");
  const named = shortList(page, regions);
  return [...cities, page.t("card.online", { regions: named })].join(" · ");
}

function currentRegions(page: Page, card: CardView): string[] {
  const current = card.rights.filter((right) => right.until >= page.today);
  return [...new Set(current.map((right) => page.region(right.jurisdiction)))];
}

/** "California, Oregon and 12 more" */
function shortList(page: Page, regions: readonly string[]): string {
  const more = regions.length - shownRegions;
  if (more <= 1) return page.list(regions);
  const regionsNamed = regions.slice(0, shownRegions).join(", ");
  return page.t("card.onlineMore", { regions: regionsNamed, count: more });
}

function formatLine(page: Page, card: CardView): string {
  return card.format.map((format) => page.term("format", format).toLocaleLowerCase()).join(", ");
}

function openingLine(page: Page, card: CardView): string {
  const { status } = availabilityOn(card, page.today);
  if (status === "not-accepting") return page.t("card.notAccepting");
  if (status === "not-known") return page.t("card.notKnown");
  return card.nextOpening && card.nextOpening > page.today
    ? page.t("card.opening", { date: page.day(card.nextOpening) })
    : page.t("card.accepting");
}

function feeLine(page: Page, card: CardView): string {
  if (card.fees === null) return "";
  const { min, max, currency, minutes, slidingMin } = card.fees;
  const range = feeRange(page, min, max, currency);
  const line = page.t("card.fees", { range, minutes });
  if (slidingMin === null) return line;
  return `${line}, ${page.t("card.sliding", { amount: page.money(slidingMin, currency) })}`;
}
