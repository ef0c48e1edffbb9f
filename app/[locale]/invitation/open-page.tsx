import type { ReactNode } from "react";
import type { AccountAnswer, AccountRequest } from "#app/account/account-page.tsx";
import { ClosedInvitation } from "#components/invitations/closed-invitation.tsx";
import type { OpenInvitation } from "#components/invitations/held-facts.tsx";
import { NotFoundError } from "#lib/errors.ts";
import { getInvitation } from "#lib/invitations/queries.ts";

type Asked = Pick<AccountRequest, "page" | "query">;

/** The token of an address, or one that no invitation has. */
export function tokenOf({ query }: Asked): string {
  const token = query.get("token") ?? "";
  return /^[\w-]{43}$/.test(token) ? token : "";
}

/** A page on an invitation that waits for its answer; for every other link, words that say so. */
export async function openPage(
  asked: Asked,
  draw: (invitation: OpenInvitation, token: string) => ReactNode,
): Promise<AccountAnswer> {
  const { page } = asked;
  const title = page.t("invitation.title");
  const token = tokenOf(asked);
  const invitation = token ? await getInvitation(token) : null;
  if (!invitation)
    return { title, body: <ClosedInvitation page={page} why="unknown" />, status: 404 };
  if (invitation.state === "claimed") {
    return { title, body: <ClosedInvitation page={page} why="claimed" />, status: 410 };
  }
  return { title, body: draw(invitation, token) };
}

/** Does what a button asks; where its link has gone stale meanwhile, shows what there is now. */
export async function answer(
  asked: Asked,
  command: (token: string) => Promise<void>,
  to: string,
): Promise<AccountAnswer> {
  try {
    await command(tokenOf(asked));
    return { to };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return openPage(asked, () => null);
  }
}
