import { connect, createServer, type Socket } from "node:net";

/** Cuts what one connection's engine says into pieces, and knows which of them end an answer. */
export type Cutter = () => (chunk: Buffer) => { bytes: Buffer; ends: boolean }[];

export type Strike = {
  /** Which answer is never heard, counted from 1 over all connections. */
  at: number;
  /** Kills whoever asked: at once, before it hears. */
  kill: () => void;
};

/**
 * Stands between a process and an engine. When the engine has given its answer number `at`, the
 * process is killed, hears nothing of it, and nothing of what it had said meanwhile comes through.
 */
export async function strikingProxy(
  engine: URL,
  cutter: Cutter,
  strike: Strike,
): Promise<{ port: number; close: () => Promise<void> }> {
  const open = new Set<Socket>();
  let answers = 0;
  let struck = false;
  const server = createServer((client) => {
    const line = connect(Number(engine.port), engine.hostname);
    const cut = cutter();
    for (const socket of [client, line]) keep(socket, open);
    client.on("data", (said) => {
      if (!struck) line.write(said);
    });
    line.on("data", (said: Buffer) => {
      for (const { bytes, ends } of cut(said)) {
        if (struck) return;
        if (ends) answers += 1;
        if (ends && answers === strike.at) {
          struck = true;
          strike.kill();
        } else client.write(bytes);
      }
    });
    // As the kernel does for whoever is gone.
    client.on("close", () => line.destroy());
    line.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** The end of a statement is ReadyForQuery; the first one of a connection is only its greeting. */
export const postgresAnswers: Cutter = () => {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const pieces = [];
    while (rest.length >= 5) {
      const length = 1 + rest.readUInt32BE(1);
      if (rest.length < length) break;
      const bytes = rest.subarray(0, length);
      const isReady = bytes[0] === "Z".charCodeAt(0);
      pieces.push({ bytes, ends: isReady && greeted });
      greeted ||= isReady;
      rest = rest.subarray(length);
    }
    return pieces;
  };
};

/** The last line of a reply has a space after its number; the greeting is one as well. */
export const mailAnswers: Cutter = () => {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString("latin1")).split("\r\n");
    rest = lines.pop() ?? "";
    return lines.map((line) => ({
      bytes: Buffer.from(`${line}\r\n`, "latin1"),
      ends: /^\d{3} /.test(line),
    }));
  };
};

function keep(socket: Socket, open: Set<Socket>): void {
  open.add(socket);
  socket.on("close", () => open.delete(socket));
  socket.on("error", () => socket.destroy());
}
