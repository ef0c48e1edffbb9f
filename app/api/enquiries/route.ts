import { newLetter } from "#lib/enquiries/schema.ts";
import { sendEnquiry } from "#lib/enquiries/send-enquiry.ts";
import { enquiryEndpoint } from "./enquiry-endpoint.ts";

/** A letter that was sealed in the reader's browser. */
export const { POST, GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = enquiryEndpoint({
  shape: newLetter,
  maxBytes: 30_000,
  answer: async (letter) => {
    const outcome = await sendEnquiry(letter, new Date());
    return outcome === "sent" ? { status: 201, json: {} } : { problem: outcome };
  },
});
