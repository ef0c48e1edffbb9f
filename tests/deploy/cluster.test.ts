import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { searchServers } from "#lib/search/servers.ts";
import { clusterDocuments, findAll, type Tree, yamlOf } from "./read-manifests.ts";

const documents = clusterDocuments();
const named = documents.map((document) => {
  const { kind, metadata } = document;
  return [`${kind} ${metadata?.name}`, document] as const;
});
const example = readFileSync(fileURLToPath(new URL("../../.env.example", import.meta.url)), "utf8");

/** The parts of CloudNativePG's own kind that we write; its schema is on no registry of ours. */
const cluster = z.strictObject({
  apiVersion: z.literal("postgresql.cnpg.io/v1"),
  kind: z.literal("Cluster"),
  metadata: z.strictObject({ name: z.string(), namespace: z.literal("parasol") }),
  spec: z.strictObject({
    instances: z.number().min(3),
    imageName: z.string().regex(/:18\.\d+[\w.-]*$/),
    bootstrap: z.strictObject({
      initdb: z.strictObject({
        database: z.string(),
        owner: z.string(),
        localeProvider: z.string(),
        builtinLocale: z.string(),
      }),
    }),
    managed: z.strictObject({
      roles: z.array(
        z.strictObject({
          name: z.literal("parasol_site"),
          ensure: z.literal("present"),
          login: z.literal(true),
          passwordSecret: z.strictObject({ name: z.string() }),
        }),
      ),
    }),
    postgresql: z.strictObject({
      synchronous: z.strictObject({
        method: z.enum(["any", "first"]),
        number: z.number(),
        dataDurability: z.enum(["required", "preferred"]),
      }),
      parameters: z.record(z.string(), z.string()),
    }),
    storage: z.strictObject({ size: z.string() }),
    affinity: z.strictObject({ podAntiAffinityType: z.string(), topologyKey: z.string() }),
    resources: z.strictObject({
      requests: z.record(z.string(), z.string()),
      limits: z.record(z.string(), z.string()),
    }),
  }),
});

const pooler = z.strictObject({
  apiVersion: z.literal("postgresql.cnpg.io/v1"),
  kind: z.literal("Pooler"),
  metadata: z.strictObject({ name: z.string(), namespace: z.literal("parasol") }),
  spec: z.strictObject({
    cluster: z.strictObject({ name: z.string() }),
    instances: z.number().min(2),
    type: z.literal("rw"),
    pgbouncer: z.strictObject({
      poolMode: z.literal("transaction"),
      parameters: z.record(z.string(), z.string()),
    }),
  }),
});

describe("the cluster's manifests", () => {
  test("are there", () => {
    const kinds = new Set(documents.map(({ kind }) => String(kind)));
    for (const kind of ["Deployment", "StatefulSet", "CronJob", "NetworkPolicy", "Cluster"]) {
      expect(kinds).toContain(kind);
    }
    expect(kinds).toContain("PodDisruptionBudget");
  });

  test.each(named)("%s is what its schema says", async (_, document) => {
    if (String(document.kind) === "Cluster") return void cluster.parse(document);
    await validate(document);
  });

  test("the pooler, for those who want one, leaves Postgres room", () => {
    const { spec } = pooler.parse(yamlOf("kubernetes/pooler.yaml"));
    const [database] = documents.filter(({ kind }) => String(kind) === "Cluster");
    const known = cluster.parse(database);
    expect(spec.cluster.name).toBe(known.metadata.name);
    const most = spec.instances * Number(spec.pgbouncer.parameters.default_pool_size);
    expect(most).toBeLessThan(Number(known.spec.postgresql.parameters.max_connections) / 2);
  });

  test("a schema refuses what is wrong", async () => {
    const deployment = structuredClone(documents.find(({ kind }) => String(kind) === "Deployment"));
    Object.assign(deployment?.spec ?? {}, { replicas: "three" });
    await expect(validate(deployment as Tree)).rejects.toThrow("replicas");
  });

  test.each(named.filter(([, document]) => podsOf(document).length > 0))(
    "%s: pods without root, without rights, within bounds",
    (_, document) => {
      for (const pod of podsOf(document)) {
        expect(pod.automountServiceAccountToken).toBe(false);
        expect(pod.securityContext).toMatchObject({
          runAsNonRoot: true,
          seccompProfile: { type: "RuntimeDefault" },
        });
        for (const container of pod.containers as unknown as Tree[]) {
          expect(container.securityContext).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          });
          expect(String(container.image)).toMatch(/:v?\d+\.\d+\.\d+$/);
          expect(container.resources).toMatchObject({
            requests: { cpu: expect.any(String), memory: expect.any(String) },
            limits: { memory: expect.any(String) },
          });
          const mounts = (container.volumeMounts ?? []) as unknown as Tree[];
          const volumes = [
            ...findAll(document, "volumes"),
            ...findAll(document, "volumeClaimTemplates"),
          ];
          for (const { name } of mounts) expect(JSON.stringify(volumes)).toContain(`"${name}"`);
        }
      }
    },
  );

  test("nothing may go in or out unless a policy names it, and the site goes nowhere outside", () => {
    const policies = ofKind("NetworkPolicy");
    const closed = policies.find(({ metadata }) => String(metadata?.name) === "nothing");
    expect(closed?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    const outside = policies.filter((policy) => findAll(policy, "cidr").includes("0.0.0.0/0"));
    expect(outside.map(({ metadata }) => String(metadata?.name))).toEqual(["worker"]);
  });

  test("every selector finds pods", () => {
    const labels = documents.flatMap((document) =>
      findAll(document, "template").flatMap((template) => findAll(template, "labels")),
    ) as Record<string, string>[];
    const wanted = [
      ...ofKind("PodDisruptionBudget"),
      ...ofKind("Deployment"),
      ...ofKind("NetworkPolicy"),
    ]
      .flatMap(({ spec }) => [spec?.selector, spec?.podSelector])
      .map((selector) => selector?.matchLabels as unknown as Record<string, string> | undefined)
      .concat(
        ofKind("Service").map(({ spec }) => spec?.selector as unknown as Record<string, string>),
      )
      .filter((match) => match !== undefined && match["cnpg.io/cluster"] === undefined);
    for (const match of wanted) {
      const found = labels.some((own) =>
        Object.entries(match ?? {}).every(([name, value]) => own[name] === value),
      );
      expect([match, found]).toEqual([match, true]);
    }
  });

  test("each search node is asked by its own name", () => {
    const [settings] = ofKind("ConfigMap");
    const [set] = ofKind("StatefulSet");
    const urls = searchServers({ MEILI_URL: String(settings?.data?.MEILI_URL) });
    const replicas = Array.from({ length: Number(set?.spec?.replicas) }, (_, n) => n);
    expect(replicas.length).toBeGreaterThan(1);
    expect(urls.map(({ name }) => name)).toEqual(
      replicas.map((n) => `${set?.metadata?.name}-${n}.${set?.spec?.serviceName}:7700`),
    );
    const service = ofKind("Service").find(
      ({ metadata }) => String(metadata?.name) === String(set?.spec?.serviceName),
    );
    expect(service?.spec?.clusterIP).toBe("None");
  });

  test("settings are ours, and no secret is among them", () => {
    const [settings] = ofKind("ConfigMap");
    for (const name of Object.keys(settings?.data ?? {})) {
      expect(example).toContain(`#${name}=`);
      expect(name).not.toMatch(/PASSWORD|SECRET|_KEY$|DATABASE_URL/);
    }
    expect(ofKind("Secret")).toEqual([]);
  });
});

function ofKind(kind: string): Tree[] {
  return documents.filter((document) => String(document.kind) === kind);
}

function podsOf(document: Tree): Tree[] {
  return (findAll(document, "template") as Tree[]).flatMap(({ spec }) => (spec ? [spec] : []));
}

/** By the schemas of Kubernetes itself. @throws with the place of the first fault */
async function validate(document: Tree): Promise<void> {
  const models = await import(/* @vite-ignore */ `kubernetes-models/${document.apiVersion}`);
  const Model = models[String(document.kind)];
  if (!Model) throw new Error(`there is no ${document.kind} in ${document.apiVersion}`);
  new Model(document).validate();
}
