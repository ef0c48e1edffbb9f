export interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  hasInstallScript?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}
export interface Lock {
  lockfileVersion: number;
  packages: Record<string, Locked>;
}

const registry = "https://registry.npmjs.org/";
const hash = /^sha512-[A-Za-z0-9+/]{86}==$/;

/**
 * What in a lock could bring in something that nobody looked at. `npm ci` checks each hash when it
 * installs; here is checked that there is one to check.
 * @param allowed the packages whose install scripts may run
 * @returns a line for each breach
 */
export function supplyProblems(lock: Lock, allowed: Record<string, boolean>): string[] {
  const { "": root, ...packages } = lock.packages;
  if (lock.lockfileVersion < 3 || !root) return ["package-lock.json is not of version 3"];
  const entries = Object.entries(packages);
  const scripted = new Set(
    entries.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)),
  );
  return [
    ...entries.flatMap(([path, entry]) => entryProblems(path, entry)),
    ...entries.flatMap(([path, entry]) => {
      const runs = entry.hasInstallScript && !isForElsewhere(entry) && !allowed[nameOf(path)];
      return runs ? [`${path}: has an install script, and allowScripts does not name it`] : [];
    }),
    ...Object.keys(allowed)
      .filter((name) => !scripted.has(name))
      .map((name) => `allowScripts: ${name} has no install script`),
  ];
}

function entryProblems(path: string, entry: Locked): string[] {
  const { version = "", resolved, integrity, link } = entry;
  const problems: string[] = [];
  if (link) problems.push("is a link to a folder");
  if (!/^\d+\.\d+\.\d+/.test(version)) problems.push(`has no version, but “${version}”`);
  if (resolved && !resolved.startsWith(registry)) problems.push(`comes from ${resolved}`);
  if (integrity ? !hash.test(integrity) : !isForElsewhere(entry)) {
    problems.push(`has no SHA-512 to be checked against, but “${integrity ?? "nothing"}”`);
  }
  return problems.map((problem) => `${path}: ${problem}`);
}

/**
 * A part for another machine than the one we serve on, Linux x64 with glibc. It is never installed
 * there, and the registry that wrote the lock may not have had it (scripts/mend-lock.mjs).
 */
function isForElsewhere({ optional, os, cpu, libc }: Locked): boolean {
  const here =
    (os?.includes("linux") ?? true) &&
    (cpu?.includes("x64") ?? true) &&
    (libc?.includes("glibc") ?? true);
  return optional === true && !here;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}
