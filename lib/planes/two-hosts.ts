import { type Config, readConfig } from "#lib/config.ts";
import { isOn, type Plane, planeOf, planes } from "./rules.ts";

/** The origin of each plane, such as `https://directory.example`. */
export type TwoHosts = Readonly<Record<Plane, string>>;

/** Null where one host answers everything. */
export function twoHosts(config: Config = readConfig()): TwoHosts | null {
  const { SITE_URL, STAFF_URL } = config;
  if (!SITE_URL || !STAFF_URL) return null;
  return { reader: new URL(SITE_URL).origin, staff: new URL(STAFF_URL).origin };
}

/** Whose host was asked, by the `Host` header; null where it is neither. */
export function planeOfHost(host: string | null | undefined, hosts: TwoHosts): Plane | null {
  return planes.find((plane) => host && originOf(host, hosts[plane]) === hosts[plane]) ?? null;
}

/** A browser leaves the usual port out, and so does an origin; other clients may name it. */
function originOf(host: string, like: string): string | null {
  // Nothing that would be more than a name and a port when it stands in an address.
  if (!/^[\w.:[\]-]+$/.test(host)) return null;
  const address = `${new URL(like).protocol}//${host}`;
  return URL.canParse(address) ? new URL(address).origin : null;
}

/** A link as a page of one plane has it: whole where it leads to the other. */
export function linkFrom(plane: Plane, path: string, hosts: TwoHosts): string {
  const other = plane === "reader" ? "staff" : "reader";
  return planeOf(path) === other ? hosts[other] + path : path;
}

/** The origin that answers a path, for mails. Null while `SITE_URL` is unset. */
export function originFor(path: string, config: Config = readConfig()): string | null {
  const hosts = twoHosts(config);
  if (hosts) return isOn("reader", path) ? hosts.reader : hosts.staff;
  return config.SITE_URL ? new URL(config.SITE_URL).origin : null;
}
