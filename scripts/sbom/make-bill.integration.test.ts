import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../checkout.ts";
import { makeBill } from "./make-bill.ts";

const { dependencies, devDependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

test("the bill has what package.json names, with hashes, and the rest on request", () => {
  const [all, served] = [true, false].map((withDev) => {
    const bill = makeBill(root, { withDev });
    expect(bill.format).toMatch(/^CycloneDX 1\.[5-9]$/);
    return { ...JSON.parse(bill.text), count: bill.components };
  });
  const named = (bill: { components: { name: string; version: string }[] }) =>
    new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
  for (const [name, version] of Object.entries(dependencies)) {
    expect(named(served)).toContain(`${name}@${version}`);
  }
  for (const [name, version] of Object.entries(devDependencies)) {
    expect(named(all)).toContain(`${name}@${version}`);
  }
  expect(named(served)).not.toContain(`vitest@${devDependencies.vitest}`);
  const refs = new Set(served.components.map((one: { "bom-ref": string }) => one["bom-ref"]));
  for (const { dependsOn } of served.dependencies) {
    for (const ref of dependsOn) expect(refs).toContain(ref);
  }
  expect(all.count).toBeGreaterThan(served.count);
  expect(all.metadata.component).toMatchObject({ name: "parasol", type: "application" });
  const next = served.components.find(({ name }: { name: string }) => name === "next");
  expect(next).toMatchObject({ purl: `pkg:npm/next@${dependencies.next}` });
  expect(next.hashes[0]).toMatchObject({ alg: "SHA-512" });
});
