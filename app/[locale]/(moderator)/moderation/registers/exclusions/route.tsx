import { accountPage } from "#app/account/account-page.tsx";
import { BodyError } from "#lib/errors.ts";
import { parseForm } from "#lib/forms/rules.ts";
import { registerKeepers } from "#lib/registers/access.ts";
import { confirmExclusions } from "#lib/registers/confirm-exclusions.ts";
import { confirmForm } from "#lib/registers/schema.ts";

/** The button on the page of registers: the exclusion list of a day, confirmed for many. */
export const { GET, POST } = accountPage({
  access: registerKeepers,
  area: "registers",
  fresh: true,
  post: async ({ session, typed }) => {
    const parsed = parseForm(confirmForm, typed);
    if (!parsed.ok) throw new BodyError("no-form");
    const confirmed = await confirmExclusions(session, parsed.value.asOf);
    return { to: `/moderation/registers?confirmed=${confirmed}` };
  },
});
