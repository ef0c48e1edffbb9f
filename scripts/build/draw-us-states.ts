import { createRequire } from "node:module";
import { geoAlbersUsa, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { listRegions } from "#lib/reference/queries.ts";

type States = Topology<{ states: GeometryCollection<{ name: string }> }>;

/**
 * The outlines of the states, one path each by its region code, for pages to colour.
 * Territories that the projection does not know are left to the list of numbers.
 */
export function drawUsStates(): string {
  const atlas = createRequire(import.meta.url)("us-atlas/states-10m.json") as States;
  const pathOf = geoPath(geoAlbersUsa().scale(1280).translate([480, 300])).digits(0);
  const codes = new Map(
    listRegions()
      .filter((region) => region.country === "US")
      .map((region) => [region.name.en, region.code]),
  );
  const paths = feature(atlas, atlas.objects.states).features.flatMap((state) => {
    const code = codes.get(state.properties.name);
    const outline = pathOf(state);
    return code && outline ? [`<path id="${code}" d="${coarser(outline)}"/>`] : [];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${paths.join("")}</svg>`;
}

const CLOSE = 2;

/** At this size neighbouring points tell the eye nothing: one within two pixels is left out. */
function coarser(outline: string): string {
  return outline
    .split("M")
    .filter(Boolean)
    .map((ring) => {
      let last: readonly number[] = [Number.NaN, Number.NaN];
      return ring
        .replace("Z", "")
        .split("L")
        .filter((point) => {
          const [x = 0, y = 0] = point.split(",").map(Number);
          if (Math.hypot(x - (last[0] ?? 0), y - (last[1] ?? 0)) <= CLOSE) return false;
          last = [x, y];
          return true;
        });
    })
    .filter((points) => points.length > 3)
    .map((points) => `M${points.join("L")}Z`)
    .join("");
}
