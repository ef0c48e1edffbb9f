import { createServer } from "node:net";

/** The preferred port when nobody listens there, else any free one. */
export async function freePort(preferred?: number, host = "127.0.0.1"): Promise<number> {
  if (preferred && (await isFree(preferred, host))) return preferred;
  const port = await listenOnce(0, host);
  if (port === null) throw new Error(`no free port on ${host}`);
  return port;
}

export async function isFree(port: number, host: string): Promise<boolean> {
  return (await listenOnce(port, host)) !== null;
}

/** @returns the port that was bound for a moment; null when it is taken */
function listenOnce(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
