import { request as httpRequest } from "node:http";
import AxeBuilder from "@axe-core/playwright";
import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { makePdf, pdfWords } from "../../support/files/pdfs.ts";
import { locatedJpeg, makeJpeg } from "../../support/files/pictures.ts";
import { newAddress, signIn } from "../sign-in.ts";

// Signing in, and a file being drawn anew, take their time on a busy machine.
test.setTimeout(60_000);

const documents = "/account/evidence/identity/-";
const limit = 10 * 1024 * 1024;
const pdf = () => ({ name: "My certificate.pdf", mimeType: "application/pdf", buffer: makePdf(2) });

/** Signs someone new in and gives them a profile to show documents for, by way of a photo. */
async function begin(page: Page): Promise<void> {
  await signIn(page, newAddress());
  await page.goto("/account/photo");
  const portrait = { name: "me.jpg", mimeType: "image/jpeg", buffer: await makeJpeg() };
  await send(page, portrait, "Photo", "Use this photo");
  await expect(page.getByText("The photo is there.")).toBeVisible();
}

type SentFile = { name: string; mimeType: string; buffer: Buffer };

async function send(
  page: Page,
  file: SentFile,
  label = "Document",
  button = "Add this document",
): Promise<void> {
  await page.getByLabel(label, { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: button }).click();
}

const listed = (page: Page) => page.getByRole("list", { name: "Documents" }).getByRole("listitem");

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a document is added, downloaded as it was cleaned, and taken away", async ({ page }) => {
      await begin(page);
      await page.goto(documents);
      await expect(page.getByText("No document yet.")).toBeVisible();
      await send(page, pdf());
      await expect(page.getByRole("status").getByText("The document is there.")).toBeVisible();
      await expect(listed(page)).toHaveCount(1);
      await expect(listed(page)).toContainText("2 pages");

      const href = await page
        .getByRole("link", { name: "My certificate.pdf" })
        .getAttribute("href");
      const answer = await page.request.get(href ?? "");
      expect(answer.status()).toBe(200);
      const headers = answer.headers();
      expect(headers["content-type"]).toBe("application/pdf");
      expect(headers["content-disposition"]).toBe(
        "attachment; filename=\"My certificate.pdf\"; filename*=UTF-8''My%20certificate.pdf",
      );
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(headers["cache-control"]).toBe("no-store");
      const bytes = await answer.body();
      expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
      expect(bytes.includes(pdfWords)).toBe(false);
      expect((await (await page.request.get(href ?? "")).body()).equals(bytes)).toBe(true);

      await page.getByRole("button", { name: "Take away My certificate.pdf" }).click();
      await expect(page.getByText("The document is gone.")).toBeVisible();
      expect((await page.request.get(href ?? "")).status()).toBe(404);
    });

    test("what cannot be taken is said next to the field, and another try works", async ({
      page,
    }) => {
      await begin(page);
      await page.goto(documents);
      await page.getByRole("button", { name: "Add this document" }).click();
      await expect(page.getByRole("alert")).toContainText("Please choose a file first.");
      const text = { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("words") };
      await send(page, text);
      await expect(page.getByRole("alert")).toContainText("This is not a PDF, JPEG or PNG");
      const field = page.getByLabel("Document", { exact: true });
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(field).toHaveAccessibleDescription(/This is not a PDF/);
      const picture = Buffer.concat([await locatedJpeg(), Buffer.alloc(limit)]);
      const large = {
        name: "b.jpg",
        mimeType: "image/jpeg",
        buffer: picture.subarray(0, limit + 1),
      };
      await send(page, large);
      await expect(page.getByText("This file is larger than 10 MB.").first()).toBeVisible();
      await send(page, { ...large, buffer: picture.subarray(0, limit) });
      await expect(page.getByText("The document is there.")).toBeVisible();
      await expect(listed(page)).toHaveCount(1);
    });
  });
}

test("a file can be dropped, and its way is shown and can be stopped", async ({
  page,
  context,
}) => {
  await begin(page);
  await page.goto(documents);
  const client = await context.newCDPSession(page);
  await limitUploads(client, 300_000);
  const picture = Buffer.concat([await makeJpeg(), Buffer.alloc(3_000_000)]);
  const drop = async () => {
    const data = await page.evaluateHandle((content) => {
      const files = new DataTransfer();
      const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
      files.items.add(new File([bytes], "dropped.jpg", { type: "image/jpeg" }));
      return files;
    }, picture.toString("base64"));
    await page.getByText("Or drop the file here.").dispatchEvent("drop", { dataTransfer: data });
  };
  await drop();
  await expect(page.getByRole("progressbar", { name: "Sending" })).toBeVisible();
  await expect(page.getByRole("status").getByText(/Sending: [1-9]\d? %/)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped. Nothing was kept.")).toBeVisible();
  await expect(page.getByRole("progressbar")).toBeHidden();

  await limitUploads(client, -1);
  await drop();
  await expect(page.getByText("The document is there.")).toBeVisible();
  await expect(listed(page)).toHaveCount(1);
  await page.reload();
  await expect(listed(page)).toHaveCount(1);
});

async function limitUploads(client: CDPSession, bytesPerSecond: number): Promise<void> {
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}

test("an upload that breaks off half-way leaves nothing behind", async ({ page, baseURL }) => {
  await begin(page);
  const cookies = await page.context().cookies();
  await new Promise<void>((done) => {
    const half = httpRequest(new URL(documents, baseURL), {
      method: "POST",
      headers: {
        Origin: baseURL,
        Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
        "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": "1000000",
      },
    });
    half.on("error", () => done());
    const head =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n' +
      "Content-Type: application/pdf\r\n\r\n";
    half.write(head + makePdf(1).toString("latin1"), () => half.destroy(new Error("gone")));
  });
  await page.goto(documents);
  await expect(page.getByText("No document yet.")).toBeVisible();
});

test("what is someone else's is not there", async ({ page, browser, baseURL }) => {
  await begin(page);
  await page.goto(documents);
  await send(page, pdf());
  const href =
    (await page.getByRole("link", { name: "My certificate.pdf" }).getAttribute("href")) ?? "";
  await page.goto("/account/photo");
  const photo = (await page.getByRole("img").getAttribute("src")) ?? "";
  const mine = await page.request.get(photo);
  expect([mine.status(), mine.headers()["cache-control"]]).toEqual([200, "no-store"]);
  expect(mine.headers()["set-cookie"]).toBeUndefined();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  const other = await context.newPage();
  expect((await other.request.get(photo)).status()).toBe(404);
  await begin(other);
  expect((await other.request.get(photo)).status()).toBe(404);
  expect((await other.request.get(href)).status()).toBe(404);
  const origin = { headers: { Origin: baseURL ?? "" } };
  expect((await other.request.post(href, origin)).status()).not.toBe(200);
  for (const path of [
    "/account/evidence/credential/demo-1",
    "/account/evidence/training/-",
    "/account/evidence/secret/-",
    `${documents}/none`,
  ]) {
    expect((await other.request.get(path)).status(), path).toBe(404);
  }
  await context.close();
  expect((await page.request.get(href)).status()).toBe(200);
});

for (const path of [documents, "/account/photo"]) {
  test(`${path} has no accessibility violations, and fits a narrow screen`, async ({ page }) => {
    await begin(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    await page.getByRole("button", { name: /Add this document|Use this photo/ }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    expect(await page.title()).not.toMatch(/sex|worker/i);
  });
}
