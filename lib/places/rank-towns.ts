import { prominentPlaces } from "./prominent-places.ts";
import type { SourceTown } from "./read-sources.ts";
import { foldName } from "./rules.ts";

export type RankedTown = SourceTown & {
  /** In thousands. */
  population?: number;
  /** Which of the namesakes in its region, from 1. */
  ordinal: number;
};

/** Among the many small towns of a name, those of the countries most of our readers live in. */
const countryOrder = ["US", "CA", "GB", "AU", "IE", "NZ", "DE", "NL"];

/**
 * The most prominent first. The order has no ties, so ids stay the same between builds.
 * @throws Error that lists the towns of our table that are not among these.
 */
export function rankTowns(towns: SourceTown[]): RankedTown[] {
  const populations = findPopulations(towns);
  const ranked = towns
    .map((town) => ({ town, population: populations.get(town) ?? 0 }))
    .sort(
      (a, b) =>
        b.population - a.population ||
        countryOrder.indexOf(a.town.region.slice(0, 2)) -
          countryOrder.indexOf(b.town.region.slice(0, 2)) ||
        compare(a.town.region, b.town.region) ||
        compare(a.town.key, b.town.key) ||
        b.town.lat - a.town.lat ||
        b.town.lon - a.town.lon,
    );
  const seen = new Map<string, number>();
  return ranked.map(({ town, population }) => {
    const ordinal = (seen.get(`${town.key}|${town.region}`) ?? 0) + 1;
    seen.set(`${town.key}|${town.region}`, ordinal);
    return { ...town, ordinal, ...(population ? { population } : {}) };
  });
}

function findPopulations(towns: SourceTown[]): Map<SourceTown, number> {
  const byName = Map.groupBy(towns, ({ key, region }) => `${key}|${region}`);
  const populations = new Map<SourceTown, number>();
  const wrong: string[] = [];
  for (const [region, list] of Object.entries(prominentPlaces)) {
    for (const entry of list.split(", ")) {
      const [, name = "", district, thousands] = /^(.+?)(?:\/(.+))? (\d+)$/.exec(entry) ?? [];
      const namesakes = byName.get(`${foldName(name)}|${region}`) ?? [];
      const [town, second] = district
        ? namesakes.filter((namesake) => namesake.district === district)
        : namesakes;
      if (!town) wrong.push(`${entry}, ${region}: not found`);
      else if (second)
        wrong.push(`${entry}, ${region}: in ${namesakes.map((one) => one.district)}`);
      else if (populations.has(town)) wrong.push(`${entry}, ${region}: twice`);
      else populations.set(town, Number(thousands));
    }
  }
  if (wrong.length > 0) throw new Error(`prominent-places.ts is wrong:\n  ${wrong.join("\n  ")}`);
  return populations;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
