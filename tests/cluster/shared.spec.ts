import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { latestMailTo, linkIn, mailsTo } from "../e2e/mails.ts";
import { newAddress } from "../e2e/sign-in.ts";
import { settle } from "../faults/truth.ts";
import { makeReader, proofFor } from "../support/inbox.ts";
import { cluster, site } from "../support/running-site.ts";

test.skip(cluster === null, "needs a site of many processes: `npm test -- cluster`");

const allWebs = cluster?.webs ?? [];
const [first = "", second = "", third = ""] = allWebs;

test("a link asked of one web process signs in at another, and counts at all", async ({ page }) => {
  const address = newAddress();
  await page.goto(`${first}/sign-in`);
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  const link = linkIn(await latestMailTo(page.request, address));
  await page.goto(second + link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${second}/account`);
  for (const web of allWebs) {
    await page.goto(`${web}/account/settings`);
    await expect(page.getByText(`You sign in with ${address}.`)).toBeVisible();
  }
  await page.goto(third + link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "This link does not work any more",
  );
  await page.goto(`${first}/account`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${first}/sign-in`);
  for (const web of allWebs) {
    await page.goto(`${web}/account/settings`);
    await expect(page).toHaveURL(/\/sign-in\?to=/);
  }
});

test("an address gets five links, however many processes are asked", async ({ request }) => {
  const address = newAddress();
  await Promise.all(
    [1, 2, 3, 4].flatMap(() =>
      allWebs.map(async (web) => {
        const headers = { origin: web };
        const answer = await request.post(`${web}/sign-in`, {
          headers,
          form: { email: address },
          maxRedirects: 0,
        });
        expect(answer.status()).toBe(303);
      }),
    ),
  );
  await settle(60_000);
  expect(await mailsTo(request, address)).toHaveLength(5);
});

test("a proof of work is taken once, by whichever process is asked first", async ({ request }) => {
  process.env.MASTER_KEY ??= readFileSync(join(site.dataDir, "master.key"), "utf8").trim();
  const { token } = await makeReader();
  const body = { token, proof: await proofFor("fetch") };
  const answers = await Promise.all(allWebs.map((web) => lookInto(request, web, body)));
  expect(answers.sort()).toEqual([200, 409, 409]);
  const untouched = { token, proof: await proofFor("fetch") };
  expect(await lookInto(request, third, untouched)).toBe(200);
});

async function lookInto(request: APIRequestContext, web: string, body: object): Promise<number> {
  const headers = { origin: web };
  const answer = await request.post(`${web}/api/enquiries/fetch`, { headers, data: body });
  return answer.status();
}
