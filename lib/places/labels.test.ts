import { expect, test } from "vitest";
import { placeLabel } from "./labels.ts";

test.each([
  [{ name: "Portland", country: "US" }, "Oregon", "United States", "Portland, Oregon"],
  [
    { name: "97201 (Portland)", country: "US" },
    "Oregon",
    "United States",
    "97201 (Portland), Oregon",
  ],
  [{ name: "London", country: "GB" }, "England", "United Kingdom", "London, England"],
  [{ name: "Berlin", country: "DE" }, "Berlin", "Germany", "Berlin, Germany"],
  [{ name: "Ennis", country: "IE" }, "Munster", "Ireland", "Ennis, Munster, Ireland"],
  [
    { name: "Newport", country: "GB", district: "Isle of Wight" },
    "England",
    "United Kingdom",
    "Newport (Isle of Wight), England",
  ],
])("%o", (place, region, country, label) => {
  expect(placeLabel(place, region, country)).toBe(label);
});
