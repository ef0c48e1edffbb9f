import { appendFileSync } from "node:fs";
import { ServerResponse } from "node:http";

/**
 * Loaded before a release that does not count by itself: each answer of its web process leaves its
 * status in a file, and a failure its path as well. For tests alone: no site of people runs it.
 */
const file = process.env.PARASOL_ANSWERS ?? "";

if (file && process.argv[1]?.endsWith("/scripts/web.ts")) {
  const { end } = ServerResponse.prototype;
  ServerResponse.prototype.end = function counted(this: ServerResponse, ...given: unknown[]) {
    const path = this.statusCode >= 500 ? ` ${this.req.url?.split("?")[0]}` : "";
    appendFileSync(file, `${this.statusCode}${path}\n`);
    return Reflect.apply(end, this, given);
  };
}
