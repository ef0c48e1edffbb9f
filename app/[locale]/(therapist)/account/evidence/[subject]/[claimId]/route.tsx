import { accountPage } from "#app/account/account-page.tsx";
import { fileErrors, fileStatus, sentFile, UPLOAD_BYTES } from "#app/account/sent-file.ts";
import { addEvidence } from "#lib/evidence/add-evidence.ts";
import { type ClaimParams, claimOf, claimPage, pathOf } from "./claim-page.tsx";

export const { GET, POST } = accountPage<["therapist"], ClaimParams>({
  access: ["therapist"],
  area: "profile",
  maxBytes: UPLOAD_BYTES,
  get: ({ page, session, params, query }) => {
    const done = query.get("done");
    const known = done === "added" || done === "removed" ? done : null;
    return claimPage(page, session, claimOf(params), { done: known });
  },
  post: async ({ page, session, params, form }) => {
    const claim = claimOf(params);
    const file = await sentFile(form);
    if (!file) {
      const errors = { file: { code: "no-file" } };
      return claimPage(page, session, claim, { errors, status: 422 });
    }
    try {
      await addEvidence(session, { ...claim, ...file });
    } catch (error) {
      const errors = fileErrors(error);
      return claimPage(page, session, claim, { errors, status: fileStatus(errors) });
    }
    return { to: `${pathOf(claim)}?done=added` };
  },
});
