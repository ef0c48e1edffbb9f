import { z } from "zod";
import { passkeyEndpoint } from "#app/account/passkey-endpoint.ts";
import { offerNewPasskey } from "#lib/auth/offer-passkey.ts";

export const POST = passkeyEndpoint({
  access: "signed-in",
  shape: z.object({}),
  answer: async ({ session, site }) => ({ json: await offerNewPasskey(session, site) }),
});
