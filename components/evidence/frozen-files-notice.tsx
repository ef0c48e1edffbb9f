import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

/** Documents and photos stay as they are while the profile lies with the moderators. */
export function FrozenFilesNotice({ page: { t } }: { page: Page }) {
  return (
    <Notice id="frozen" heading={t("evidence.frozen")}>
      <p>{t("forms.broken.already-submitted")}</p>
    </Notice>
  );
}
