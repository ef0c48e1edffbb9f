import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAllDocuments, parse as parseYaml } from "yaml";

const folder = fileURLToPath(new URL("../../deploy/", import.meta.url));

/** What a manifest may be, as far as nobody has looked. */
export type Tree = { [name: string]: Tree } & { [index: number]: Tree };

export function textOf(path: string): string {
  return readFileSync(folder + path, "utf8");
}

export function yamlOf(path: string): Tree {
  return parseYaml(textOf(path), { merge: true, strict: true });
}

/** Every document of the files that the kustomization lists. */
export function clusterDocuments(): Tree[] {
  const files = yamlOf("kubernetes/kustomization.yaml").resources as unknown as string[];
  return files.flatMap((file) =>
    parseAllDocuments(textOf(`kubernetes/${file}`), { strict: true }).map((document) => {
      if (document.errors[0]) throw document.errors[0];
      return document.toJS() as Tree;
    }),
  );
}

export function filesIn(path: string): string[] {
  return readdirSync(folder + path).sort();
}

/** Everything below a tree that stands under a name. */
export function findAll(tree: unknown, name: string): unknown[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => [
    ...(key === name ? [value] : []),
    ...findAll(value, name),
  ]);
}
