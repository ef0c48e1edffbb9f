import { passkeyEndpoint } from "#app/account/passkey-endpoint.ts";
import { addPasskey } from "#lib/auth/add-passkey.ts";
import { newPasskey } from "#lib/auth/schema.ts";
import { sessionKeyOf } from "#lib/auth/session-cookie.ts";

export const POST = passkeyEndpoint({
  access: "signed-in",
  shape: newPasskey,
  answer: async ({ request, page, body, site, session }) => {
    const sessionKey = sessionKeyOf(request);
    if (!(await addPasskey(session, { ...body, site, sessionKey }))) return { problem: "refused" };
    return { json: { to: page.href("/account/settings/second-factor?done=passkey-added") } };
  },
});
