import { accountPage } from "#app/account/account-page.tsx";
import { staffHeaders } from "#app/account/respond.tsx";
import { exportAccount } from "#lib/accounts/export-account.ts";

/** A form and no link: each download is written down, and nothing fetches it ahead. */
export const { GET, POST } = accountPage({
  access: "signed-in",
  get: () => ({ to: "/account/settings" }),
  post: async ({ session, page }) => {
    const now = new Date();
    const data = await exportAccount(session, now);
    const name = `${page.site.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}-${page.today}.json`;
    return new Response(`${JSON.stringify(data, null, 2)}\n`, {
      headers: staffHeaders({
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
      }),
    });
  },
});
