import { isIPv6 } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { freePort, isFree } from "../engines/free-port.ts";
import { wasKilled } from "./up-file.ts";

/**
 * The port for the web process; 0 asks for any free one. After a hard kill the earlier web process
 * may hold it for the moment it takes to stop.
 */
export async function choosePort({ PORT, HOST }: Config, dataDir: string): Promise<number> {
  try {
    if (PORT === 0) return await freePort(undefined, HOST);
    const patience = Date.now() + (wasKilled(dataDir) ? 15_000 : 0);
    while (!(await isFree(PORT, HOST))) {
      if (Date.now() > patience) throw new SetupError(taken(PORT, HOST));
      await pause(200);
    }
    return PORT;
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new SetupError(cannotListen({ PORT, HOST }, String(code)));
  }
}

/** @param code of the error that the system gave */
export function cannotListen(
  { PORT, HOST }: Pick<Config, "PORT" | "HOST">,
  code: string | undefined,
): string {
  if (code === "EADDRINUSE") return taken(PORT, HOST);
  const advice = code === "EACCES" ? "Set PORT to 1024 or above." : "Correct HOST and PORT.";
  return `Cannot listen on HOST ${HOST}, PORT ${PORT} (${code}).\n  ${advice}`;
}

/** Where a person on this machine reaches it: "every address" is no address to visit. */
export function originOf(host: string, port: number): string {
  const anyAddress: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const name = anyAddress[host] ?? host;
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}

function taken(port: number, host: string): string {
  return (
    `PORT ${port} on ${host} is taken by another program.\n` +
    `  Stop that program, or choose another port, for example PORT=${port + 1} npm run up\n` +
    "  (PORT=0 takes any free one)."
  );
}
