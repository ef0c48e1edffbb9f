import { type WayBack, wayBack } from "#lib/enquiries/schema.ts";
import { type Typed, typedValue } from "#lib/forms/rules.ts";
import { isRecipient } from "#lib/letters/age-file.ts";

/** The way back that the script wrote into a form; null where it is none. */
export function readWayBack(typed: Typed): WayBack | null {
  const read = wayBack.safeParse({
    tokenHash: typedValue(typed, "replyTokenHash"),
    recipient: typedValue(typed, "replyRecipient"),
    proof: fromJson(typedValue(typed, "replyProof")),
  });
  return read.success && isRecipient(read.data.recipient) ? read.data : null;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
