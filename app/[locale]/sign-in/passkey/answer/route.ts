import { passkeyEndpoint } from "#app/account/passkey-endpoint.ts";
import { ownPath } from "#lib/auth/rules.ts";
import { shownPasskey } from "#lib/auth/schema.ts";
import { sessionTokenOf } from "#lib/auth/session-cookie.ts";
import { signInByPasskey } from "#lib/auth/sign-in-by-passkey.ts";

export const POST = passkeyEndpoint({
  access: "anyone",
  shape: shownPasskey,
  answer: async ({ request, page, body, site }) => {
    const { ceremony, response, to } = body;
    const oldSession = sessionTokenOf(request);
    const cookie = await signInByPasskey({ ceremony, response, site, oldSession });
    if (cookie === null) return { problem: "refused" };
    return { json: { to: page.href(ownPath(to)) }, cookies: [cookie] };
  },
});
