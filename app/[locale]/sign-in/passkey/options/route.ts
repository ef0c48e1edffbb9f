import { z } from "zod";
import { passkeyEndpoint } from "#app/account/passkey-endpoint.ts";
import { offerPasskeySignIn } from "#lib/auth/offer-passkey.ts";

export const POST = passkeyEndpoint({
  access: "anyone",
  shape: z.object({}),
  answer: async ({ site }) => ({ json: await offerPasskeySignIn(site) }),
});
