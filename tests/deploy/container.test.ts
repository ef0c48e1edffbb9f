import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findAll, type Tree, textOf, yamlOf } from "./read-manifests.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const known = new Set(
  [...readFileSync(`${root}.env.example`, "utf8").matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(
    ([, name]) => name,
  ),
);

/** `registry/name:1.2.3-variant`, and nothing that moves. */
const exact = /^[\w./-]+:v?\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?$/;

describe("the container image", () => {
  const lines = textOf("Containerfile").replaceAll(/\\\n/g, " ").split("\n");
  const steps = lines.filter((line) => /^[A-Z]+ /.test(line));
  const of = (word: string) => steps.filter((step) => step.startsWith(`${word} `));
  const last = steps.slice(steps.findLastIndex((step) => step.startsWith("FROM ")));

  test("is built on the very Node that the project brings, without a version that moves", () => {
    const stages = new Set(of("FROM").map((step) => / AS (\w+)$/.exec(step)?.[1]));
    const bases = of("FROM").map((step) => step.split(" ")[1] ?? "");
    for (const base of bases.filter((name) => !stages.has(name))) {
      expect(base).toMatch(exact);
      expect(base).toContain(`node:${dependencies.node}-`);
    }
  });

  test("runs as a user who is not root and owns nothing of what is served", () => {
    expect(last.findLast((step) => step.startsWith("USER "))).toBe("USER 65532:65532");
    for (const step of last.filter((line) => line.startsWith("COPY "))) {
      expect(step).not.toContain("--chown");
    }
  });

  test("takes no secret, fetches nothing by ADD, and ends by a command that gets signals", () => {
    expect(of("ADD")).toEqual([]);
    expect(of("ARG")).toEqual([]);
    expect(textOf("Containerfile")).not.toMatch(/\b(sudo|curl|wget|apt-get)\b|_KEY=|SECRET=/);
    expect(of("CMD").at(-1)).toBe('CMD ["node", "scripts/web.ts"]');
  });

  test("copies what is there, or what the build makes", () => {
    const made = [".next", "built", "public", "gazetteer.json", "node_modules"];
    for (const step of last.filter((line) => line.startsWith("COPY "))) {
      for (const path of step.split(/\s+/).filter((word) => word.startsWith("/app/"))) {
        const name = path.slice(5);
        expect([name, made.includes(name) || existsSync(root + name)]).toEqual([name, true]);
      }
    }
  });

  test("never takes data, keys or settings of a checkout into it", () => {
    const ignored = textOf("Containerfile.dockerignore").split("\n");
    for (const path of [".git", ".data*", ".env", "node_modules"]) expect(ignored).toContain(path);
  });
});

describe("compose", () => {
  const compose = yamlOf("compose.yaml");
  const services = Object.entries(compose.services as Record<string, Tree>);

  test.each(services)("%s has an exact image", (_, { image }) => {
    const given = String(image).replace(/^\$\{\w+:-(.+)\}$/, "$1");
    expect(given).toMatch(exact);
  });

  test.each(services.filter(([, service]) => String(service.image).startsWith("parasol:")))(
    "%s: read-only, no root, no capability, settings that we know",
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        user: "65532:65532",
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
      });
      for (const name of Object.keys(service.environment ?? {})) expect(known).toContain(name);
    },
  );

  test("only the proxy has ports, and database, index and site have no way out", () => {
    const open = services.filter(([, service]) => service.ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(["caddy"]);
    expect(compose.networks).toMatchObject({
      inside: { internal: true },
      front: { internal: true },
    });
    const outward = services.filter(([, service]) =>
      (service.networks as unknown as string[]).includes("outward"),
    );
    expect(outward.map(([name]) => name)).toEqual(["worker", "caddy", "onion"]);
  });

  test("no secret stands in it, and none may be missing", () => {
    for (const settings of findAll(compose, "environment")) {
      for (const [name, value] of Object.entries(settings as object)) {
        if (!/PASSWORD|SECRET|_KEY$/.test(name)) continue;
        expect(value).toMatch(/^\$\{\w+:\?\}$/);
      }
    }
  });

  test("files that it mounts are there", () => {
    for (const volumes of findAll(compose.services, "volumes") as string[][]) {
      for (const [, path] of volumes.map((line) => /^\.\/([\w.-]+):.*:ro$/.exec(line) ?? [])) {
        if (path) expect([path, existsSync(`${root}deploy/${path}`)]).toEqual([path, true]);
      }
    }
  });
});
