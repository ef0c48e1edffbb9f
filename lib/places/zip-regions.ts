/**
 * The first three digits of ZIP codes by region, as ranges. The nearest town is no guide near a
 * border: half of Kansas City's codes would change their state.
 */
const ranges: Record<string, string> = {
  "US-AL": "350-369",
  "US-AK": "995-999",
  "US-AZ": "850-865",
  "US-AR": "716-729",
  "US-CA": "900-961",
  "US-CO": "800-816",
  "US-CT": "060-069",
  "US-DC": "200 202-205 569",
  "US-DE": "197-199",
  "US-FL": "320-349",
  "US-GA": "300-319 398-399",
  "US-HI": "967-968",
  "US-IA": "500-528",
  "US-ID": "832-838",
  "US-IL": "600-629",
  "US-IN": "460-479",
  "US-KS": "660-679",
  "US-KY": "400-427",
  "US-LA": "700-714",
  "US-MA": "010-027 055",
  "US-MD": "206-219",
  "US-ME": "039-049",
  "US-MI": "480-499",
  "US-MN": "550-567",
  "US-MO": "630-658",
  "US-MS": "386-397",
  "US-MT": "590-599",
  "US-NC": "270-289",
  "US-ND": "580-588",
  "US-NE": "680-693",
  "US-NH": "030-038",
  "US-NJ": "070-089",
  "US-NM": "870-884",
  "US-NV": "889-898",
  "US-NY": "005 100-149",
  "US-OH": "430-459",
  "US-OK": "730-732 734-749",
  "US-OR": "970-979",
  "US-PA": "150-196",
  "US-RI": "028-029",
  "US-SC": "290-299",
  "US-SD": "570-577",
  "US-TN": "370-385",
  "US-TX": "733 750-799 885",
  "US-UT": "840-847",
  "US-VA": "201 220-246",
  "US-VT": "050-054 056-059",
  "US-WA": "980-994",
  "US-WI": "530-549",
  "US-WV": "247-268",
  "US-WY": "820-831",
  "US-PR": "006-007 009",
  "US-VI": "008",
};

/** Codes that the post delivers from the state next door, and the islands that share 969. */
const exceptions: Record<string, string> = {
  "06390": "US-NY",
  "83414": "US-WY",
  "96799": "US-AS",
  "96950": "US-MP",
  "96951": "US-MP",
  "96952": "US-MP",
  "96910": "US-GU",
  "96913": "US-GU",
  "96915": "US-GU",
  "96916": "US-GU",
  "96917": "US-GU",
  "96921": "US-GU",
  "96928": "US-GU",
  "96929": "US-GU",
};

const regionByPrefix = new Map(
  Object.entries(ranges).flatMap(([region, spans]) =>
    spans.split(" ").flatMap((span) => {
      const [from = "", to = from] = span.split("-");
      const length = Number(to) - Number(from) + 1;
      return Array.from({ length }, (_, index) => [Number(from) + index, region] as const);
    }),
  ),
);

/** Undefined for the Pacific states that share the US post, and for what is not in use. */
export function regionOfZip(zip: string): string | undefined {
  return exceptions[zip] ?? regionByPrefix.get(Number(zip.slice(0, 3)));
}
