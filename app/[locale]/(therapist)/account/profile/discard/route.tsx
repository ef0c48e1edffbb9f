import { accountPage } from "#app/account/account-page.tsx";
import { ConflictError } from "#lib/errors.ts";
import { discardRevision } from "#lib/revisions/withdraw-revision.ts";

export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "profile",
  get: () => ({ to: "/account/profile" }),
  post: async ({ session }) => {
    await discardRevision(session).catch((error: unknown) => {
      // Sent twice, or decided meanwhile: the page says where it stands now.
      if (!(error instanceof ConflictError)) throw error;
    });
    return { to: "/account/profile" };
  },
});
