import { defineConfig } from "@playwright/test";
import base from "../../playwright.config.ts";

/** `npm test -- cluster`: on a site of many processes, one killed after the other. */
export default defineConfig({
  ...base,
  testDir: "..",
  projects: [
    { name: "staff", testMatch: "e2e/staff.setup.ts" },
    { name: "cluster", testMatch: "cluster/*.spec.ts", dependencies: ["staff"] },
  ],
  workers: 1,
  fullyParallel: false,
  timeout: 400_000,
});
