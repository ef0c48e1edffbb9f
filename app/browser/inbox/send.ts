/** Names of words in the page; `full` where the server says that there is no room. */
export type Problem = "offline" | "signed-out" | "gone" | "full" | "away" | "failed";

/** Sends a form's fields to the inbox. Null when they were taken. Never throws. */
export async function send(
  address: string,
  fields: readonly (readonly [string, string])[],
): Promise<Problem | null> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
      // What is taken is answered with a way to another page, which nobody wants here.
      redirect: "manual",
      cache: "no-store",
    });
    return answer.type === "opaqueredirect" ? null : problemOf(answer.status);
  } catch {
    return "offline";
  }
}

/** The server deletes as many letters at a time as a page of them has. */
const mostAtOnce = 50;

/** Deletes letters; those that are gone already are as they should be. Null when all are. */
export async function close(address: string, ids: readonly string[]): Promise<Problem | null> {
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const letters = ids.slice(at, at + mostAtOnce).map((id) => ["letter", id] as const);
    const problem = await send(address, [["intent", "close"], ...letters]);
    if (problem && problem !== "gone") return problem;
  }
  return null;
}

function problemOf(status: number): Problem {
  if (status === 401) return "signed-out";
  if (status === 404) return "gone";
  if (status === 409) return "full";
  return status === 503 ? "away" : "failed";
}
