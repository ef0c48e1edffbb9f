import { randomBytes } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { identify } from "./identity.mjs";

/**
 * @typedef {{ pid: number, identity: string | null }} Process
 * @typedef {Process & { child?: Process }} Entry
 * @typedef {{ held: true, release: () => void, alsoFor: (pid: number | undefined) => void }} Held
 * @typedef {{ held: false, holder: number }} Refused
 */

/**
 * Takes the lock file, or says which process holds it. A process that has died holds nothing.
 * `alsoFor` keeps the lock taken for as long as that child lives, should we be killed.
 * @param {string} path
 * @returns {Held | Refused}
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const entry = processOf(process.pid);
  for (;;) {
    if (publish(path, entry)) return hold(path, entry);
    const found = readOr(path);
    if (found === null) continue;
    const holder = liveHolder(found);
    if (holder !== null) return { held: false, holder };
    removeStale(path, found);
  }
}

/**
 * @param {string} path
 * @param {Entry} entry
 * @returns {Held}
 */
function hold(path, entry) {
  let current = JSON.stringify(entry);
  return {
    held: true,
    release: () => {
      if (readOr(path) === current) rmSync(path, { force: true });
    },
    alsoFor: (pid) => {
      if (pid === undefined) return;
      current = JSON.stringify({ ...entry, child: processOf(pid) });
      const draft = draftOf(path);
      writeFileSync(draft, current, { mode: 0o600 });
      renameSync(draft, path);
    },
  };
}

/**
 * Written whole beside it, then linked: nobody ever reads half an entry.
 * @param {string} path
 * @param {Entry} entry
 */
function publish(path, entry) {
  const draft = draftOf(path);
  writeFileSync(draft, JSON.stringify(entry), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Two may find the same dead holder. Only the one whose claim links to that very entry removes it,
 * so a lock taken in between is never lost.
 * @param {string} path
 * @param {string} found
 */
function removeStale(path, found) {
  const claim = `${path}.claim`;
  try {
    linkSync(path, claim);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    if (codeOf(error) !== "EEXIST") throw error;
    if (ageOf(claim) > 5_000) rmSync(claim, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    return;
  }
  if (readOr(claim) === found) rmSync(path, { force: true });
  rmSync(claim, { force: true });
}

/** @param {string} text */
function liveHolder(text) {
  try {
    /** @type {Entry} */
    const entry = JSON.parse(text);
    for (const one of [entry, entry.child]) {
      if (one?.identity && identify(one.pid) === one.identity) return one.pid;
    }
  } catch {
    // Not ours or damaged: nobody holds it.
  }
  return null;
}

/**
 * @param {number} pid
 * @returns {Process}
 */
function processOf(pid) {
  return { pid, identity: identify(pid) };
}

/** @param {string} path */
function draftOf(path) {
  return `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
}

/** @param {string} path */
function ageOf(path) {
  try {
    return Date.now() - statSync(path).ctimeMs;
  } catch {
    return 0;
  }
}

/** @param {string} path */
function readOr(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
