import { defineConfig } from "@playwright/test";
import base from "../../playwright.config.ts";

/** `npm test -- faults`: on a site of its own, one fault after the other. */
export default defineConfig({
  ...base,
  testDir: "..",
  projects: [
    { name: "staff", testMatch: "e2e/staff.setup.ts" },
    { name: "faults", testMatch: "faults/*.spec.ts", dependencies: ["staff"] },
  ],
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
});
