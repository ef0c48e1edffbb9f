import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a process from a later one that was given the same number. A zombie counts as gone.
 * @param {number} pid
 * @returns {string | null} null when no such process runs
 */
export function identify(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return process.platform === "linux" ? fromProc(pid) : ps(pid, "lstart");
}

/**
 * @param {number} pid
 * @returns {string} the words it was started with, separated by spaces; empty when unknown
 */
export function commandLine(pid) {
  if (process.platform !== "linux") return ps(pid, "command") ?? "";
  return (read(`/proc/${pid}/cmdline`) ?? "").split("\0").join(" ").trim();
}

/**
 * @param {number} pid
 * @returns {number | null} null where the system does not tell it cheaply
 */
export function parentOf(pid) {
  return process.platform === "linux" ? Number(statOf(pid)?.[1] ?? 0) : null;
}

/** @param {number} pid */
function fromProc(pid) {
  const fields = statOf(pid);
  if (fields === null || fields[0] === "Z" || fields[0] === "X") return null;
  const boot = read("/proc/sys/kernel/random/boot_id") ?? "";
  return `${boot.trim()} ${fields[19]}`;
}

/**
 * The state, the parent and what follows; the name before them stands in brackets, may hold spaces.
 * @param {number} pid
 */
function statOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/**
 * @param {number} pid
 * @param {string} field
 */
function ps(pid, field) {
  const { stdout } = spawnSync("ps", ["-o", `${field}=`, "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || null;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
