import { z } from "zod";
import { requiredText } from "#lib/forms/schema.ts";

/** An e-mail address as we keep it: in small letters. Only ASCII: no two look alike. */
export const emailAddress = z.string().trim().min(1).max(254).toLowerCase().pipe(z.email());

export const signInForm = z.object({ email: emailAddress });

/** Six digits, or a recovery code; what it is shows when it is tried. */
export const codeForm = z.object({ code: requiredText(40) });

export const passkeyNameForm = z.object({ name: requiredText(60) });

const base64url = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(max);
const ceremony = z.string().min(1).max(60);
const results = z.looseObject({});

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).exactOptional(),
  clientExtensionResults: results,
};

/** What a browser answers when a passkey was made; limits are far above what devices send. */
export const newPasskey = z.object({
  ceremony,
  name: passkeyNameForm.shape.name,
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4000),
      attestationObject: base64url(20_000),
      transports: z.array(z.string().max(30)).max(10).exactOptional(),
    }),
  }),
});

/** What a browser answers when a passkey was shown. */
export const shownPasskey = z.object({
  ceremony,
  to: z.string().max(1000).default(""),
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4000),
      authenticatorData: base64url(4000),
      signature: base64url(8000),
      userHandle: base64url(200).exactOptional(),
    }),
  }),
});

export type NewPasskey = z.output<typeof newPasskey>;
export type ShownPasskey = z.output<typeof shownPasskey>;
