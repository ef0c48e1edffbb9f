import { accountPage } from "#app/account/account-page.tsx";
import { staffHeaders } from "#app/account/respond.tsx";
import { NotFoundError } from "#lib/errors.ts";
import { isOfClaim, listEvidence } from "#lib/evidence/queries.ts";
import { readEvidence } from "#lib/evidence/read-evidence.ts";
import { removeEvidence } from "#lib/evidence/remove-evidence.ts";
import { type ClaimParams, claimOf, pathOf } from "../claim-page.tsx";

/** One document: GET hands it to whoever may see it, POST takes it away. */
export const { GET, POST } = accountPage<["therapist"], ClaimParams & { id: string }>({
  access: ["therapist"],
  area: "profile",
  get: async ({ session, params }) => {
    await requireOfClaim(session, params);
    const { fileName, mediaType, bytes } = await readEvidence(session, params.id);
    const headers = staffHeaders({
      "Content-Type": mediaType,
      "Content-Length": String(bytes.length),
      "Content-Disposition": disposition(fileName),
      "Content-Security-Policy": "default-src 'none'; sandbox",
    });
    return new Response(new Uint8Array(bytes), { headers });
  },
  post: async ({ session, params }) => {
    await requireOfClaim(session, params);
    await removeEvidence(session, params.id);
    return { to: `${pathOf(claimOf(params))}?done=removed` };
  },
});

/** An address that pairs a document with another claim is no address of ours. */
async function requireOfClaim(
  session: Parameters<typeof listEvidence>[0],
  params: ClaimParams & { id: string },
): Promise<void> {
  const claim = claimOf(params);
  const own = (await listEvidence(session)).find(({ id }) => id === params.id);
  if (!own || !isOfClaim(own, claim)) throw new NotFoundError();
}

function disposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .-]/g, "_");
  const exact = encodeURIComponent(fileName).replaceAll(/['()*]/g, escapeChar);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

function escapeChar(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}
