import { offerProof } from "#lib/enquiries/offer-proof.ts";
import { proofRequest } from "#lib/enquiries/schema.ts";
import { enquiryEndpoint } from "../enquiry-endpoint.ts";

/** A puzzle for one thing; to write, with the key to seal to. */
export const { POST, GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = enquiryEndpoint({
  shape: proofRequest,
  maxBytes: 1000,
  answer: async (asked) => {
    const offer = await offerProof(asked, { now: new Date() });
    return offer === null ? { problem: "no-key" } : { status: 200, json: offer };
  },
});
