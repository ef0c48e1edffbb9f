import { readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { twoHosts } from "#lib/planes/two-hosts.ts";

/**
 * Where people sign in, such as `https://directory.example`: the staff host where there is one. On a machine of one's own the
 * site answers to `localhost` and `127.0.0.1`; then it is the one that was asked for.
 * @param host the `Host` header, which is believed between those two and nowhere else
 */
export function siteOrigin(host: string | null): string {
  const config = readConfig();
  const staff = twoHosts(config)?.staff;
  if (staff) return staff;
  const { SITE_URL } = config;
  if (!SITE_URL) throw new SetupError("SITE_URL is not set. Example: https://directory.example");
  const site = new URL(SITE_URL);
  const asked = host && URL.canParse(`${site.protocol}//${host}`);
  if (!asked || !isLoopback(site.hostname)) return site.origin;
  const own = new URL(`${site.protocol}//${host}`);
  return isLoopback(own.hostname) ? own.origin : site.origin;
}

/** What passkeys are made for. Null where there can be none: browsers want a name, not a number. */
export type RelyingParty = { id: string; origin: string };

export function relyingParty(host: string | null): RelyingParty | null {
  const origin = siteOrigin(host);
  const { hostname: id } = new URL(origin);
  return /^[\d.]+$|^\[/.test(id) ? null : { id, origin };
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
