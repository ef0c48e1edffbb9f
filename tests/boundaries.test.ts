import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { checkBoundaries } from "../scripts/test/boundaries.ts";

const sound = {
  "package.json": `{"type":"module","imports":{"#lib/*":"./lib/*","#db/*":"./db/*","#components/*":"./components/*","#app/*":"./app/*"}}`,
  "tsconfig.json": "{}",
  "app/page.tsx": `import { Card } from "#components/card.tsx"; import "#lib/a/queries.ts"; Card;`,
  "components/card.tsx": `import "#lib/a/schema.ts"; import "#db/vocabulary.ts"; import type { V } from "#lib/a/queries.ts"; export const Card = (v: V) => v;`,
  "lib/a/queries.ts": `import "#db/client.ts"; export type V = 1;`,
  "lib/a/schema.ts": `import "#db/vocabulary.ts";`,
  "db/client.ts": "export {};",
  "db/vocabulary.ts": "export {};",
};

const planted: Record<string, Record<string, string>> = {
  "app-imports-components-and-lib": { "app/bad.tsx": `import "#db/client.ts";` },
  "components-know-no-route-and-no-database": { "components/bad.tsx": `import "#db/client.ts";` },
  "browsers-take-browser-safe-lib": { "components/bad.tsx": `import "#lib/a/queries.ts";` },
  "browser-safe-lib-stays-so": { "lib/a/rules.ts": `import "./queries.ts";` },
  "browser-safe-lib-needs-no-server": { "lib/a/labels.ts": `import "node:fs";` },
  "lib-imports-db-alone": { "lib/a/bad.ts": `import "#components/card.tsx";` },
  "lib-is-free-of-the-framework": { "lib/a/bad.ts": `import "next/headers";` },
  "db-imports-nothing-of-ours": { "db/bad.ts": `import "#lib/a/schema.ts";` },
  "no-circles": {
    "lib/a/one.ts": `import "./two.ts";`,
    "lib/a/two.ts": `import "./one.ts";`,
  },
  "no-circles-between-domains": {
    "lib/a/one.ts": `import "#lib/b/one.ts";`,
    "lib/b/one.ts": "export {};",
    "lib/b/two.ts": `import "#lib/a/two.ts";`,
    "lib/a/two.ts": "export {};",
  },
  "tests-are-for-tests": {
    "lib/a/bad.ts": `import "./bad.test.ts";`,
    "lib/a/bad.test.ts": "export {};",
  },
  "every-import-is-there": { "lib/a/bad.ts": `import "./nowhere.ts";` },
  "say-what-it-is": { "lib/a/utils.ts": "export {};" },
  "no-barrels": { "lib/a/index.ts": "export {};" },
};

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

describe("the boundary check", () => {
  test("passes a sound tree", async () => {
    expect(await checkBoundaries(tree(sound))).toEqual({ modules: 6, violations: [] });
  });

  test.each(Object.entries(planted))("finds %s", async (rule, files) => {
    const { violations } = await checkBoundaries(tree({ ...sound, ...files }));
    expect(violations.map((line) => line.split(":")[0])).toContain(rule);
  });

  test("takes the whole of lib/letters for browsers, and their scripts for browsers' code", async () => {
    const { violations } = await checkBoundaries(
      tree({
        ...sound,
        "app/browser/good.ts": `import "#lib/letters/one.ts";`,
        "app/browser/bad.ts": `import "#lib/a/queries.ts";`,
        "components/good.tsx": `import "#lib/letters/one.ts";`,
        "lib/letters/one.ts": "export {};",
        "lib/letters/bad.ts": `import "node:fs"; import "#lib/a/queries.ts";`,
      }),
    );
    expect(violations.sort()).toEqual([
      "browser-safe-lib-needs-no-server: lib/letters/bad.ts -> fs",
      "browser-safe-lib-stays-so: lib/letters/bad.ts -> lib/a/queries.ts",
      "browsers-take-browser-safe-lib: app/browser/bad.ts -> lib/a/queries.ts",
    ]);
  });

  test("fails when it reads nothing", async () => {
    await expect(checkBoundaries(tree({}))).rejects.toThrow("proves nothing");
  });

  test("fails when it reads nothing of one layer", async () => {
    const { "db/client.ts": _, "db/vocabulary.ts": __, ...rest } = sound;
    await expect(checkBoundaries(tree(rest))).rejects.toThrow("no module of db/");
  });
});

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "parasol-tree-"));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
