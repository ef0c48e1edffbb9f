import type { IncomingMessage } from "node:http";
import { isOn, nowhereFor, planeOf } from "#lib/planes/rules.ts";
import { planeOfHost, type TwoHosts } from "#lib/planes/two-hosts.ts";

/**
 * Lets each host answer its own plane. Everything else is asked for where nothing is, so a route of
 * the other plane gets the very page that an address gets which never was. Closed by default.
 * @returns false for a host that is neither, which no page answers
 */
export function guardPlanes(request: IncomingMessage, hosts: TwoHosts | null): boolean {
  if (hosts === null) return true;
  const url = request.url ?? "/";
  const plane = planeOfHost(request.headers.host, hosts);
  if (plane === null) return isProbe(url);
  // Readers have no session, so not even a stolen one means anything here.
  if (plane === "reader") delete request.headers.cookie;
  const plain = isPlain(url);
  if (plain && isOn(plane, url)) return true;
  // Dots could lead out again from wherever they stand.
  request.url = nowhereFor(plain ? url : "/");
  if (request.method !== "HEAD") request.method = "GET";
  return true;
}

/** What looks after the site asks by whatever address it has. */
function isProbe(url: string): boolean {
  return url.startsWith("/api/") && planeOf(url) === "both";
}

/** Whether Next will read the path as it stands: no dots, no backslash, nothing to be mended. */
function isPlain(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  return !path.includes("//") && new URL(path, "http://x").pathname === path;
}
