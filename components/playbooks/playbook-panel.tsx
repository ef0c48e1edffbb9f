import type { Playbook } from "#lib/playbooks/queries.ts";
import type { Page } from "../ui/page.ts";
import { PlaybookBody } from "./playbook-body.tsx";

type PlaybookPanelProps = { page: Page; playbook: Playbook };

/** The playbook of a claim, to fold away, on the page of its case. */
export function PlaybookPanel({ page, playbook }: PlaybookPanelProps) {
  const { t, href, day } = page;
  const { id, name, version, editedAt } = playbook;
  return (
    <details className="playbook" open>
      <summary>{t("playbooks.panel", { name })}</summary>
      <PlaybookBody page={page} playbook={playbook} />
      <p className="note">
        {t("playbooks.version", { version, day: day(editedAt.toISOString()) })}
        {" · "}
        <a href={href(`/moderation/playbooks/${id}`)}>{t("playbooks.whole")}</a>
      </p>
    </details>
  );
}
