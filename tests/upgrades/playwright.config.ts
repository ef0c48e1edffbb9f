import { defineConfig } from "@playwright/test";
import site from "../../playwright.config.ts";

const output = process.env.PARASOL_E2E_OUTPUT ?? "test-results/upgrades";

/** `npm test -- upgrades` starts the site, on what the release before has written. */
export default defineConfig({
  ...site,
  testDir: ".",
  projects: [{ name: "upgrades", testMatch: "**/*.spec.ts" }],
  timeout: 120_000,
  outputDir: `${output}/artifacts`,
  reporter: [["list"], ["json", { outputFile: `${output}/report.json` }]],
});
