import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { limits } from "./limits.ts";
import { type Refusal, refuse, refuseRaw } from "./refusals.ts";

type Given = Partial<Pick<typeof limits, "connections" | "headersMs">>;

/** A server that answers in words whatever goes wrong before there is a request. */
export function openServer({ connections = limits.connections, headersMs }: Given = {}): Server {
  const server = createServer({
    headersTimeout: headersMs ?? limits.headersMs,
    // Each kind of body has a time of its own, below this one.
    requestTimeout: 240_000,
    connectionsCheckingInterval: Math.min(2_000, headersMs ?? limits.headersMs),
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: limits.headerBytes,
    // Ours to answer, with our headers.
    requireHostHeader: false,
  });
  server.maxRequestsPerSocket = 1_000;
  server.setTimeout(limits.silenceMs);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    refuseRaw(socket, statusOf(error.code));
  });
  server.on("checkExpectation", (_, response) => refuse(response, 417));
  turnAway(server, connections);
  return server;
}

function statusOf(code: string | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

/** One too many is told so, as long as there is room for that; far too many get nothing. */
function turnAway(server: Server, most: number): void {
  server.maxConnections = most + Math.ceil(most / 8);
  let open = 0;
  server.prependListener("connection", (socket: Socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
    if (open <= most) return;
    // Whoever holds a line and asks nothing makes room for whoever comes next.
    server.closeIdleConnections();
    if (open > most) refuseRaw(socket, 503);
  });
}
