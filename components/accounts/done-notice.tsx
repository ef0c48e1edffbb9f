import type { Page } from "../ui/page.ts";

const known = [
  "language",
  "passkey-added",
  "passkey-renamed",
  "passkey-removed",
  "app-added",
  "app-removed",
  "address-asked",
  "deletion-asked",
  "deletion-taken-back",
] as const;

/** Says what was just done; the word for it comes from the address. */
export function DoneNotice({ page, done }: { page: Page; done: string | null }) {
  const what = known.find((name) => name === done);
  if (!what) return null;
  return (
    <p className="notice" role="status" data-focus tabIndex={-1}>
      {page.t(`settings.done.${what}`)}
    </p>
  );
}

export function BackToSettings({ page }: { page: Page }) {
  return (
    <p className="back">
      <a href={page.href("/account/settings")}>{page.t("settings.back")}</a>
    </p>
  );
}
