import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { accountPage } from "./account-page.tsx";

/** Where a button of the editor sends its form: moves the revision, and goes back to the profile. */
export function revisionMove(move: (actor: Actor) => Promise<void>) {
  return accountPage({
    access: ["therapist"],
    area: "profile",
    get: () => ({ to: "/account/profile" }),
    post: async ({ session }) => {
      await move(session).catch((error: unknown) => {
        // Sent twice, or decided meanwhile: the page says where it stands now.
        if (!(error instanceof ConflictError)) throw error;
      });
      return { to: "/account/profile" };
    },
  });
}
