import { searchServer } from "#app/reader/search-server.ts";
import { readiness } from "#lib/jobs/readiness.ts";

/** Which parts are well; 503 when search cannot be served at all. */
export async function GET(): Promise<Response> {
  const parts = await readiness(searchServer().client);
  const serves = parts.postgres && parts.meilisearch;
  return Response.json(
    { status: serves ? "ok" : "unavailable", parts },
    { status: serves ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
