import { accountPage } from "#app/account/account-page.tsx";
import { BodyError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";
import { answerRoleChange } from "#lib/roles/answer-role-change.ts";

type Params = { locale: string; id: string };

/** The answer of a second lead, from the page of people or of a person. */
export const { GET, POST } = accountPage<readonly ["lead"], Params>({
  access: ["lead"],
  area: "people",
  fresh: true,
  post: async ({ session, params: { id }, typed }) => {
    const intent = typedValue(typed, "intent");
    if (intent !== "agree" && intent !== "decline") throw new BodyError("no-form");
    await answerRoleChange(session, { id, agree: intent === "agree" });
    return { to: "/moderation/people" };
  },
});
