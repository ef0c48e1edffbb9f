import { config } from "#app/reader/site.ts";

/** Whether a form was sent from a page of ours. Browsers say so; whoever does not is refused. */
export function isOwnForm(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") === "same-origin";
  if (!URL.canParse(origin)) return false;
  if (config.SITE_URL && new URL(config.SITE_URL).origin === origin) return true;
  return new URL(origin).host === request.headers.get("host");
}
