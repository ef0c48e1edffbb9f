import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// A registry mirror may lack packages for other platforms; npm then leaves them out of the lock it
// writes, and `npm ci` refuses that lock. Run this after `npm install`: it names them again.
const path = process.argv[2] ?? fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(path, "utf8"));
const added = [];

for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(parent, name)) continue;
    const place = `node_modules/${name}`;
    lock.packages[place] = {
      version: String(version).replace(/^[~^]/, ""),
      ...platformOf(name),
      ...(entry.dev && { dev: true }),
      optional: true,
    };
    added.push(name);
  }
}

const names = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(names);
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length > 0 ? `added:\n  ${added.join("\n  ")}` : "the lock is complete");

/**
 * @param {string} parent
 * @param {string} name
 */
function isLocked(parent, name) {
  for (let at = parent; ; at = at.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    if (lock.packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

/** @param {string} name */
function platformOf(name) {
  const words = name.split("/").pop()?.split("-") ?? [];
  const pick = (/** @type {string[]} */ known) => words.filter((word) => known.includes(word));
  const os = pick(["aix", "android", "darwin", "freebsd", "linux", "openharmony", "win32"]);
  const cpu = pick(["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "x64"]);
  const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : [];
  if (os.length === 0 && cpu.length === 0) console.warn(`no platform in the name: ${name}`);
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) };
}
