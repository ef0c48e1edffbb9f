import { defineConfig } from "@playwright/test";
import base from "../../playwright.config.ts";

/**
 * `npm test -- promises`: on a site of its own, one file after the other and in this order, since
 * the first ones count what the whole machine room does while nobody else is there.
 */
export default defineConfig({
  ...base,
  testDir: ".",
  projects: [{ name: "promises", testMatch: "*.spec.ts" }],
  workers: 1,
  fullyParallel: false,
});
