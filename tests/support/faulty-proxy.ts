import { connect, createServer, type Server, type Socket } from "node:net";

export type Line = "well" | "silent" | "gone";

/**
 * Stands before an engine, and does what networks and machines do: lets everything through, takes
 * connections and says nothing, or is not there.
 */
export async function faultyProxy(target: URL): Promise<{
  port: number;
  become: (line: Line) => Promise<void>;
  close: () => Promise<void>;
  /** How much was asked through it so far: pieces, of which a question is one or a few. */
  asked: () => number;
}> {
  let line: Line = "well";
  let asked = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    keep(client, open);
    if (line === "silent") return;
    client.on("data", () => {
      asked += 1;
    });
    const engine = connect(Number(target.port), target.hostname);
    keep(engine, open);
    client.pipe(engine).pipe(client);
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      one.on("close", () => other.destroy());
    }
  });
  const port = await listen(server, 0);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      cut();
    });
  return {
    port,
    asked: () => asked,
    become: async (next) => {
      const was = line;
      if (next === was) return;
      line = next;
      if (next === "gone") await stop();
      else if (was === "gone") await listen(server, port);
      // Lines that are open say nothing from now on either.
      else if (next === "silent") for (const socket of open) socket.unpipe();
      else cut();
    },
    close: async () => {
      if (server.listening) await stop();
    },
  };
}

function keep(socket: Socket, open: Set<Socket>): void {
  open.add(socket);
  socket.on("close", () => open.delete(socket));
  socket.on("error", () => socket.destroy());
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
