import { fetchReplies } from "#lib/enquiries/fetch-replies.ts";
import { mailboxRequest } from "#lib/enquiries/schema.ts";
import { enquiryEndpoint } from "../enquiry-endpoint.ts";

/** Always four answers of one size: which of them are real shows to whoever has the codename. */
export const { POST, GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = enquiryEndpoint({
  shape: mailboxRequest,
  maxBytes: 4000,
  answer: async (asked) => {
    const given = await fetchReplies(asked, new Date());
    return "problem" in given ? given : { status: 200, json: given };
  },
});
