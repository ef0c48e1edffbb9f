// One direction: app -> components, lib; components -> the browser-safe files of lib; lib -> db;
// db -> nothing. Why: docs/decisions. Type-only imports leave no trace in the built code.
const browserSafe = "^lib/letters/|(^|/)(schema|rules|transitions|labels)\\.ts$|/messages(/|\\.)";
const vocabulary = "^db/vocabulary\\.ts$";
const tests = "\\.test\\.tsx?$|^tests/";
const framework = "(^|node_modules/)(next|next-auth|@auth)(/|$)";

const rule = (name, from, to) => ({ name, severity: "error", from, to });
const folders = (...names) => `^(${names.join("|")})/`;

export default {
  forbidden: [
    rule(
      "app-imports-components-and-lib",
      { path: "^app/", pathNot: tests },
      { path: folders("db", "scripts"), pathNot: vocabulary },
    ),
    rule(
      "components-know-no-route-and-no-database",
      { path: "^components/", pathNot: tests },
      { path: folders("app", "db", "scripts"), pathNot: vocabulary },
    ),
    rule(
      "browsers-take-browser-safe-lib",
      { path: folders("components", "app/browser"), pathNot: tests },
      { path: "^lib/", pathNot: browserSafe, dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "browser-safe-lib-stays-so",
      { path: `^(?=lib/).*(${browserSafe})`, pathNot: tests },
      {
        path: folders("lib", "db"),
        pathNot: `${browserSafe}|${vocabulary}|^lib/errors\\.ts$`,
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "browser-safe-lib-needs-no-server",
      { path: `^(?=lib/).*(${browserSafe})`, pathNot: tests },
      { dependencyTypes: ["core"], dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "lib-imports-db-alone",
      { path: "^lib/", pathNot: tests },
      { path: folders("app", "components", "scripts") },
    ),
    rule(
      "lib-is-free-of-the-framework",
      { path: "^lib/", pathNot: `^lib/auth/|${tests}` },
      { path: framework },
    ),
    rule(
      "db-imports-nothing-of-ours",
      { path: "^db/", pathNot: tests },
      { path: folders("app", "components", "lib", "scripts") },
    ),
    rule("no-circles", {}, { circular: true }),
    rule(
      "tests-are-for-tests",
      { pathNot: `${tests}|^scripts/test/|^(vitest|playwright)\\.` },
      { path: tests },
    ),
    // These are types alone, from @types: tsc looks after them.
    rule(
      "every-import-is-there",
      {},
      { couldNotResolve: true, pathNot: "^(geojson|topojson-specification)$" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.css$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
