import { accountPage } from "#app/account/account-page.tsx";
import { NewRecoveryCodes, RecoveryCodesView } from "#components/accounts/recovery-codes-view.tsx";
import { makeRecoveryCodes } from "#lib/auth/make-recovery-codes.ts";
import { getSecondFactors } from "#lib/auth/queries.ts";

/** Without a second factor there is nothing that codes could stand in for. */
const secondFactor = "/account/settings/second-factor";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "settings",
  get: async ({ page, session }) => {
    if (session.secondFactor === "not-set-up") return { to: secondFactor };
    const { recoveryCodesLeft } = await getSecondFactors(session.personId);
    return {
      title: page.t("settings.codes.title"),
      body: <RecoveryCodesView page={page} left={recoveryCodesLeft} />,
    };
  },
  post: async ({ page, session }) => {
    if (session.secondFactor === "not-set-up") return { to: secondFactor };
    const codes = await makeRecoveryCodes(session);
    return {
      title: page.t("settings.codes.title"),
      body: <NewRecoveryCodes page={page} codes={codes} />,
    };
  },
});
