import { accountPage } from "#app/account/account-page.tsx";
import { removeTotp } from "#lib/auth/remove-totp.ts";
import { BodyError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";
import { secondSteps } from "./second-steps.tsx";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "settings",
  get: ({ page, session, request, query }) =>
    secondSteps({ page, session, request, done: query.get("done") }),
  post: async ({ page, session, request, typed }) => {
    if (typedValue(typed, "intent") !== "remove-app") throw new BodyError("no-form");
    if (!(await removeTotp(session))) {
      return secondSteps({ page, session, request, lastOne: true });
    }
    return { to: "/account/settings/second-factor?done=app-removed" };
  },
});
