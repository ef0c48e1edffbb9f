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
  const heading =
    place.kind === "ambiguous"
      ? t("search.placeAmbiguous", { name: place.asked })
      : t("search.placeUnknown", { value: place.asked });
  const lead = {
    ambiguous: t("search.placeAmbiguousLead"),
    unknown: t("search.placeUnknownLead"),
    postcode: t("search.placePostcode"),
  }[place.kind];
  return (
    <Notice id="place-problem" heading={heading}>
      <p>{lead}</p>
      {place.kind !== "ambiguous" && place.choices.length > 0 && <p>{t("search.placeSuggestions")}</p>}
      {place.choices.length > 0 && (
        <ul className="choices">
          {place.choices.map(({ label, href }) => (
            <li key={href}>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
