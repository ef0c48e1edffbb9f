import { expect, test } from "@playwright/test";

const keys = [
  "q",
  "where",
  "within",
  "region",
  "format",
  "modality",
  "concern",
  "work",
  "language",
  "identity",
  "fee",
  "access",
  "training",
  "accepting",
  "sort",
  "page",
];

const nasty: Record<string, string> = {
  "wrong type": "[object Object]",
  "10,000 characters": "a".repeat(10_000),
  "10,000 wide characters": encodeURIComponent("🌂".repeat(10_000)),
  NUL: "%00",
  "a lone surrogate": "%ED%A0%80",
  "broken percent": "%E0%A4%A",
  "a filter": encodeURIComponent('emdr" OR visibleUntil > 0 OR name = "'),
  SQL: encodeURIComponent("'; drop table therapists; --"),
  HTML: encodeURIComponent('"><script>alert(1)</script><img src=x onerror=alert(1)>'),
  "right to left": encodeURIComponent("\u202eabc\u2066"),
};

for (const [name, value] of Object.entries(nasty)) {
  test(`${name} in any criterion is a notice or a plain 400, and is never echoed raw`, async ({
    request,
  }) => {
    for (const key of keys) {
      const answer = await request.get(`/therapists?${key}=${value}`);
      expect([200, 400], `${key}: ${answer.status()}`).toContain(answer.status());
      const body = await answer.text();
      expect(body).not.toContain("<script");
      expect(body).not.toContain("onerror=alert(1)>");
      expect(body).not.toMatch(/at .*\.(ts|js):\d+/);
    }
  });
}

test("a criterion a thousand times over is a notice or a plain 400", async ({ request }) => {
  for (const key of keys) {
    const query = Array.from({ length: 1000 }, (_, n) => `${key}=x${n}`).join("&");
    const answer = await request.get(`/therapists?${query}`);
    expect([200, 400], key).toContain(answer.status());
    if (answer.status() === 200) expect(await answer.text()).toContain("We left something out");
  }
});

test("paths that cannot be read are a plain 400 or a 404", async ({ baseURL }) => {
  for (const path of [
    "/%E0%A4%A",
    "/therapists/%00",
    "/therapists/..%2f..%2fetc",
    "/therapists/%ED%A0%80",
  ]) {
    const answer = await fetch(`${baseURL}${path}`);
    expect([400, 404], path).toContain(answer.status);
  }
});

test("an unknown value is named in a notice, in both languages, and people are found", async ({
  page,
}) => {
  await page.goto("/therapists?modality=astrology");
  const notice = page.getByRole("region", { name: "We left something out" });
  await expect(notice).toContainText("“astrology”");
  await expect(page.getByRole("status")).toContainText(/\d+ therapists/);
  await page.goto("/es/therapists?modality=astrology");
  await expect(page.getByRole("main")).toContainText("astrology");
});

test("words that a reader typed stay words", async ({ page }) => {
  await page.goto(`/therapists?q=${encodeURIComponent("<b>bold</b>")}`);
  await expect(page.getByLabel("Words")).toHaveValue("<b>bold</b>");
  expect(await page.locator("main b").count()).toBe(0);
});
