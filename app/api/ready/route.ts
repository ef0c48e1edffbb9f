import { searchServer } from "#app/reader/search-server.ts";
import { lastHeard } from "#lib/directory/last-heard.ts";
import { readiness } from "#lib/jobs/readiness.ts";

/**
 * Which parts are well. "degraded" when readers can search though something is away; 503 when they
 * cannot: Postgres can do without the engine, and the engine without Postgres once that was heard.
 */
export async function GET(): Promise<Response> {
  const { parts, searchNodes } = await readiness(searchServer());
  const serves = parts.postgres || (parts.meilisearch && lastHeard() !== null);
  const isWhole = parts.postgres && parts.meilisearch;
  return Response.json(
    { status: isWhole ? "ok" : serves ? "degraded" : "unavailable", parts, searchNodes },
    { status: serves ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
