import { config } from "#app/reader/site.ts";
import { planeOfHost, twoHosts } from "#lib/planes/two-hosts.ts";

const hosts = twoHosts(config);

/**
 * Whether a form was sent from a page of ours. Browsers say so; whoever does not is refused. With
 * two hosts only the one that was asked is ours: readers' pages send nothing to staff.
 */
export function isOwnForm(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") === "same-origin";
  if (!URL.canParse(origin)) return false;
  if (hosts) {
    const plane = planeOfHost(request.headers.get("host"), hosts);
    return plane !== null && hosts[plane] === origin;
  }
  if (config.SITE_URL && new URL(config.SITE_URL).origin === origin) return true;
  return new URL(origin).host === request.headers.get("host");
}
