import { searchServer } from "#app/reader/search-server.ts";
import { lastHeard } from "#lib/directory/last-heard.ts";
import { readyReplicas } from "#lib/directory/ready-replicas.ts";
import { readiness } from "#lib/jobs/readiness.ts";

/**
 * Which parts are well. "degraded" when readers can search though something is away; 503 when they
 * cannot: Postgres can do without the engine, and the engine or a replica without Postgres once that
 * was heard.
 */
export async function GET(): Promise<Response> {
  const [{ parts, searchNodes }, replicas] = await Promise.all([
    readiness(searchServer()),
    readyReplicas(),
  ]);
  const canSearch = parts.meilisearch || replicas.well > 0;
  const serves = parts.postgres || (canSearch && lastHeard() !== null);
  const isWhole = parts.postgres && parts.meilisearch && replicas.well === replicas.known;
  const status = isWhole ? "ok" : serves ? "degraded" : "unavailable";
  return Response.json(
    { status, parts, searchNodes, replicas },
    { status: serves ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
