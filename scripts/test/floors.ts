import type { Lock } from "./supply-chain.ts";

/** Below these there is a known hole. The newest line first; older ones have floors of their own. */
const floors: Record<string, readonly string[]> = {
  next: ["16.4.5"],
  "next-auth": ["5.0.0-beta.32", "4.24.15"],
  "drizzle-orm": ["0.45.2"],
  zod: ["4.6.7"],
  "altcha-lib": ["1.4.1"],
  node: ["24.0.0"],
};

/** Each had a critical hole in 2026, and none is needed here. */
const off: readonly [name: string, pattern: RegExp][] = [
  ["next/og", /\bfrom "next\/og"|ImageResponse/],
  ["remote image optimisation", /\bremotePatterns\b|\bfrom "next\/image"/],
  ["use cache", /^\s*["']use cache|\b(cacheComponents|useCache)\b/m],
];

/** @returns a line for each package of what is served that is too old, or is not there at all */
export function versionProblems(lock: Lock): string[] {
  return Object.entries(floors).flatMap(([name, lowest]) => {
    const found = Object.entries(lock.packages).filter(
      ([path, { dev }]) => !dev && `/${path}`.endsWith(`/node_modules/${name}`),
    );
    if (found.length === 0) return [`${name} is not installed: its floor holds nothing`];
    return found
      .filter(([, { version = "0" }]) => isBelow(version, lowest))
      .map(([path, { version }]) => `${path} ${version} is below ${lowest.join(" or ")}`);
  });
}

/**
 * Reference data is ours and checked when it is loaded; what others send is taken in measure.
 * @param text of a source of ours @returns a line for each thing in it that is to stay off
 */
export function sourceProblems(path: string, text: string): string[] {
  const used = off.filter(([, pattern]) => pattern.test(text)).map(([name]) => `${path}: ${name}`);
  const own = path === "lib/reference/schema.ts";
  const endless = (own ? [] : endlessArrays(text)).map(
    (line) => `${path}:${line}: z.array without .max()`,
  );
  return [...used, ...endless];
}

/** A beta is older than what it leads to. */
function isBelow(version: string, lowest: readonly string[]): boolean {
  const found = partsOf(version);
  const lines = lowest.map(partsOf);
  const floor = lines.find(([major]) => major === found[0]) ?? lines[0] ?? [];
  const at = found.findIndex((part, index) => part !== floor[index]);
  return at >= 0 && !((found[at] ?? 0) > (floor[at] ?? 0));
}

function partsOf(version: string): number[] {
  const [numbers = "", beta] = version.split("-");
  const last = beta === undefined ? Number.POSITIVE_INFINITY : Number(/\d+$/.exec(beta)?.[0] ?? 0);
  return [...numbers.split(".").map(Number), last];
}

/** The lines on which an array of any length is taken. */
function endlessArrays(text: string): number[] {
  return [...text.matchAll(/\bz\s*\.array\(/g)]
    .filter(({ index, 0: call }) => {
      const rest = text.slice(endOf(text, index + call.length));
      return !/^(\s*\.\w+\([^()]*\))*?\s*\.(max|length)\(/.test(rest);
    })
    .map(({ index }) => text.slice(0, index).split("\n").length);
}

/** Behind the bracket that closes the one before `from`. */
function endOf(text: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; depth > 0 && at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
  }
  return at;
}
