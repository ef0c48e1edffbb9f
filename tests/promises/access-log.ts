import { appendFileSync } from "node:fs";
import { Server } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

// A planted breach: loaded before a web process, it keeps what any access log would.
const folder = process.env.DATA_DIR ?? "";
const emit = Server.prototype.emit;

Server.prototype.emit = function (this: Server, event: string | symbol, ...given: unknown[]) {
  const [request] = given as [import("node:http").IncomingMessage];
  if (event === "request") {
    const line = `${request.url} ${request.headers["user-agent"]}\n`;
    appendFileSync(join(folder, "access.log"), line);
    appendFileSync(join(folder, "access.log.gz"), gzipSync(line));
    console.log(request.headers["x-real-ip"]);
  }
  return emit.call(this, event, ...given);
} as typeof emit;
