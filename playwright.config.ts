import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./tests/support/chromium.ts";

const { PARASOL_URL, PARASOL_E2E_OUTPUT: output } = process.env;
const executablePath = findChromium();

/** `npm test -- e2e` starts a site of its own and sets PARASOL_URL; so can you, to test another. */
export default defineConfig({
  testDir: "tests/e2e",
  projects: [
    { name: "staff", testMatch: "staff.setup.ts" },
    { name: "site", testMatch: "**/*.spec.ts", dependencies: ["staff"] },
  ],
  outputDir: output ? `${output}/artifacts` : "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  reporter: output ? [["dot"], ["json", { outputFile: `${output}/report.json` }]] : "list",
  use: {
    baseURL: PARASOL_URL ?? "http://127.0.0.1:3000",
    browserName: "chromium",
    launchOptions: { args: chromiumFlags, ...(executablePath && { executablePath }) },
    screenshot: "only-on-failure",
    trace: "off",
  },
});
