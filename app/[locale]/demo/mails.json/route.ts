import { config } from "#app/reader/site.ts";
import { listCaughtMails } from "#lib/email/caught-mails.ts";

const headers = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/** The mails of the demo as data, newest first, for scripts and tests. */
export function GET(): Response {
  if (config.DEMO !== "1") return new Response(null, { status: 404, headers });
  return Response.json(listCaughtMails(config.DATA_DIR), { headers });
}
