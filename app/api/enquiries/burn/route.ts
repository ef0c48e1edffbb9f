import { burnMailbox } from "#lib/enquiries/burn-mailbox.ts";
import { mailboxRequest } from "#lib/enquiries/schema.ts";
import { enquiryEndpoint } from "../enquiry-endpoint.ts";

/** Deletes all of a codename; the answer is the same where there was nothing. */
export const { POST, GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = enquiryEndpoint({
  shape: mailboxRequest,
  maxBytes: 4000,
  answer: async (asked) => {
    const problem = await burnMailbox(asked, new Date());
    return problem === null ? { status: 200, json: {} } : { problem };
  },
});
