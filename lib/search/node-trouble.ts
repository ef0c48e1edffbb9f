import { type Meilisearch, MeilisearchApiError } from "meilisearch";
import { codeOf } from "./mark.ts";

const oldest = [1, 21] as const;

/** A node that cannot be fed as it is; the message says why and what to do. */
export class NodeError extends Error {
  override readonly name = "NodeError";
}

/** @throws NodeError when the node's Meilisearch is older than what we know how to ask */
export async function requireKnownVersion(client: Meilisearch): Promise<void> {
  const { pkgVersion } = await client.getVersion();
  const [major = 0, minor = 0] = pkgVersion.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new NodeError(
    `it is Meilisearch ${pkgVersion}, and ${oldest.join(".")} or later is needed: ` +
      "start a newer one beside it with an empty folder, and put that into MEILI_URL in its place",
  );
}

const emptyFolder =
  "If it does not start because its data is of another version (its log says so), give it an empty " +
  "folder: the worker fills it";

/** Why a node does not do what it is asked, and what to do, in words; it quotes nothing. */
export function nodeTrouble(error: unknown): string {
  if (error instanceof NodeError) return error.message;
  const refused = codeOf(error);
  if (refused === "invalid_api_key" || refused === "missing_authorization_header") {
    return "it refuses our key: MEILI_MASTER_KEY must be that of all nodes";
  }
  if (refused !== "") return `it refuses (${refused}): look at its log`;
  const known: Record<string, string> = {
    ECONNREFUSED: `nothing listens there: start it. ${emptyFolder}`,
    ECONNRESET: `it cut the line: look at its log. ${emptyFolder}`,
    UND_ERR_SOCKET: `it cut the line: look at its log. ${emptyFolder}`,
    ENOTFOUND: "its host name is unknown: start it, or correct MEILI_URL",
    EAI_AGAIN: "its host name is unknown just now: start it, or correct MEILI_URL",
  };
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { name, code } = at as { name: string; code?: unknown };
    if (known[String(code)]) return known[String(code)] ?? "";
    if (/Timeout|Abort/i.test(`${name} ${code}`))
      return "no answer in time: is it overloaded, or cut off?";
    if (at instanceof MeilisearchApiError)
      return `it answers ${at.response.status}: look at its log`;
  }
  return "it could not do what it was told: look at its log";
}
