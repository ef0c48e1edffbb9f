import type { ReactNode } from "react";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

/** The profile lies with the moderators: what was written is shown, and not to be changed. */
export function FrozenNotice({ page, children }: { page: Page; children?: ReactNode }) {
  return (
    <Notice id="frozen" heading={page.t("editor.frozenHeading")}>
      <p>
        {page.t("editor.frozen")} {children}
      </p>
    </Notice>
  );
}
