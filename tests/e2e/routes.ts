import { readFileSync } from "node:fs";
import { matrix, rowsOf } from "./moderator/matrix.ts";

/** Every route of the built site, from the manifest that the build wrote itself. */
export function builtRoutes(): string[] {
  const manifest: Record<string, string> = JSON.parse(
    readFileSync(".next/app-path-routes-manifest.json", "utf8"),
  );
  return Object.values(manifest).filter((route) => !route.startsWith("/_"));
}

/** Addresses of a route to ask for, in both languages where it has them. */
export function pathsOf(route: string): string[] {
  if (!route.startsWith("/[locale]")) return [route];
  const below = route.slice("/[locale]".length);
  const entry = matrix[below];
  // The matrix has a test of its own that tells what it lacks.
  const unknown = below.replaceAll(/\[[^\]]+\]/g, "no-such-thing") || "/";
  const paths = entry ? rowsOf(below, entry).map(([path]) => path) : [unknown];
  return paths.flatMap((path) => [path, `/es${path === "/" ? "" : path}`]);
}
