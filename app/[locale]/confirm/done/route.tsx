import { accountPage } from "#app/account/account-page.tsx";
import { LinkConfirmed } from "#components/availability/confirm-link-view.tsx";

export const { GET, POST } = accountPage({
  access: "anyone",
  get: ({ page }) => ({
    title: page.t("availability.link.done.title"),
    body: <LinkConfirmed page={page} />,
  }),
});
