import { accountPage } from "#app/account/account-page.tsx";
import { seeOther } from "#app/account/respond.tsx";
import { endSession } from "#lib/auth/end-session.ts";
import { endedSessionCookie, sessionTokenOf } from "#lib/auth/session-cookie.ts";

export const { GET, POST } = accountPage({
  access: "anyone",
  get: () => ({ to: "/account" }),
  post: async ({ page, request }) => {
    const token = sessionTokenOf(request);
    if (token) await endSession(token);
    return seeOther(page.href("/sign-in"), { cookies: [endedSessionCookie] });
  },
});
