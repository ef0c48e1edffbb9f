import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import {
  measureAnswers,
  measureProcess,
  measureQueue,
  measureSearchNodes,
  registry,
} from "#lib/metrics/registry.ts";
import { filesIn, findAll, textOf, yamlOf } from "./read-manifests.ts";

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("systemd units", () => {
  const units = filesIn("systemd").filter((name) => /\.(service|timer)$/.test(name));

  test.each(units.filter((name) => name.endsWith(".service")))(
    "%s runs as our user, sees little, and starts a script that is there",
    (name) => {
      const unit = textOf(`systemd/${name}`);
      for (const line of ["User=parasol", "NoNewPrivileges=yes", "ProtectSystem=strict"]) {
        expect(unit).toContain(`\n${line}\n`);
      }
      const [, script] = /(scripts\/[\w/]+\.ts)/.exec(unit) ?? [];
      expect(readFileSync(new URL(`../../${script}`, import.meta.url), "utf8")).not.toBe("");
    },
  );

  test("find every folder that they write to: a missing one is no start at all", () => {
    const made = [
      ...textOf("systemd/parasol.tmpfiles.conf").matchAll(/^d (\S+) 0700 parasol parasol /gm),
    ];
    const written = units.flatMap((name) =>
      [...textOf(`systemd/${name}`).matchAll(/^ReadWritePaths=(.+)$/gm)].flatMap(([, paths = ""]) =>
        paths.split(" "),
      ),
    );
    expect(written).not.toEqual([]);
    expect(made.map(([, path]) => path)).toEqual(expect.arrayContaining(written));
  });

  test.skipIf(!hasSystemd)("are well by systemd's own judgement", () => {
    const folder = mkdtempSync(join(tmpdir(), "parasol-units-"));
    for (const name of units) {
      // The project lies elsewhere where it is tested.
      const unit = textOf(`systemd/${name}`).replaceAll(
        /\/opt\/parasol\S*\/node\b/g,
        process.execPath,
      );
      writeFileSync(join(folder, name), unit);
    }
    const given = ["verify", "--man=no", ...units.map((name) => join(folder, name))];
    const { status, stderr } = spawnSync("systemd-analyze", given, { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(stderr.split("\n").filter((line) => line.includes("parasol"))).toEqual([]);
    expect(status).toBe(0);
  });
});

describe("dashboard and alerts", () => {
  measureProcess();
  measureAnswers();
  measureQueue({} as Db);
  measureSearchNodes(async () => []);
  const ours = registry.getMetricsAsArray().map(({ name }) => name);
  const dashboard = JSON.parse(textOf("monitoring/dashboard.json"));
  const alerts = yamlOf("monitoring/alerts.yaml");
  const asked = [...findAll(dashboard, "expr"), ...findAll(alerts, "expr")].map(String);

  test("ask for what is measured, and for nothing else", () => {
    expect(asked.length).toBeGreaterThan(15);
    for (const name of asked.flatMap((text) => text.match(/parasol_\w+/g) ?? [])) {
      expect(ours).toContain(name);
    }
  });

  test("each alert says what to do", () => {
    const rules = findAll(alerts, "rules").flat() as Record<string, Record<string, string>>[];
    for (const rule of rules) {
      expect(rule.annotations?.do).toMatch(/\.$/);
      expect(["page", "ticket"]).toContain(rule.labels?.severity);
    }
  });
});
