import { readFileSync } from "node:fs";

/**
 * A fault that is planted: loaded before the site's processes, it sets their clock off by as many
 * milliseconds as a file says, from the moment it says so.
 */
const path = process.env.PARASOL_CLOCK ?? "";
let offMs = 0;

setInterval(() => {
  try {
    offMs = Number(readFileSync(path, "utf8"));
  } catch {
    offMs = 0;
  }
}, 200).unref();

const RightDate = Date;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RightDate(now()).toString(),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});

function now(): number {
  return RightDate.now() + offMs;
}
