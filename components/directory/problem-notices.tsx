import type { Problem } from "#lib/directory/schema.ts";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

export type PlaceChoice = { label: string; href: string };

export type PlaceTrouble = {
  kind: "ambiguous" | "unknown" | "postcode";
  asked: string;
  choices: readonly PlaceChoice[];
};

type ProblemNoticesProps = {
  page: Page;
  problems: readonly Problem[];
  place: PlaceTrouble | null;
  nearWithoutPlace: boolean;
};

/** Everything that was left out of a search, said plainly before its results. */
export function ProblemNotices({ page, problems, place, nearWithoutPlace }: ProblemNoticesProps) {
  const { t } = page;
  return (
    <>
      {place && <PlaceNotice page={page} place={place} />}
      {(problems.length > 0 || nearWithoutPlace) && (
        <Notice id="problems" heading={t("search.problems")}>
          <ul>
            {problems.map(({ key, value, reason }, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes once drawn
              <li key={position}>
                {t(`search.problem.${reason}`, { value, key: t(`search.key.${key}`) })}
              </li>
            ))}
            {nearWithoutPlace && <li>{t("search.nearNeedsPlace")}</li>}
          </ul>
        </Notice>
      )}
    </>
  );
}

function PlaceNotice({ page, place }: { page: Page; place: PlaceTrouble }) {
  const { t } = page;
  const heading = {
    ambiguous: t("search.placeAmbiguous", { name: place.asked }),
    unknown: t("search.placeUnknown", { value: place.asked }),
    postcode: t("search.postcodeUnknown", { value: place.asked }),
  }[place.kind];
  const lead = {
    ambiguous: t("search.placeAmbiguousLead"),
    unknown: t("search.placeUnknownLead"),
    postcode: t("search.placePostcode"),
  }[place.kind];
  return (
    <Notice id="place-problem" heading={heading}>
      <p>{lead}</p>
      {place.kind !== "ambiguous" && place.choices.length > 0 && (
        <p>{t("search.placeSuggestions")}</p>
      )}
      {place.choices.length > 0 && <Choices choices={place.choices} />}
    </Notice>
  );
}

type OtherPlacesProps = { page: Page; name: string; places: readonly PlaceChoice[] };

/** The town was clear enough to search, but not so clear that a reader cannot have meant another. */
export function OtherPlaces({ page, name, places }: OtherPlacesProps) {
  if (places.length === 0) return null;
  return (
    <details className="other-places">
      <summary>{page.t("search.placeOthers", { name })}</summary>
      <Choices choices={places} />
    </details>
  );
}

function Choices({ choices }: { choices: readonly PlaceChoice[] }) {
  return (
    <ul className="choices">
      {choices.map(({ label, href }) => (
        <li key={href}>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  );
}
