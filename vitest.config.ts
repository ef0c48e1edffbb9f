import { defineConfig } from "vitest/config";

const skipped = ["**/node_modules/**", "**/.next/**", "**/.data/**", "tests/e2e/**"];
const integration = "**/*.integration.test.{ts,tsx}";

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: [...skipped, integration] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [integration],
          exclude: skipped,
          globalSetup: ["tests/support/test-engines.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
