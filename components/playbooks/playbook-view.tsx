import type { Playbook, PlaybookVersion } from "#lib/playbooks/queries.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import type { Page } from "../ui/page.ts";
import { placeWords } from "./place-words.ts";
import { PlaybookBody } from "./playbook-body.tsx";

type PlaybookViewProps = {
  page: Page;
  playbook: Playbook;
  versions: readonly PlaybookVersion[];
  /** What its credentials are called. */
  credentials: readonly string[];
  mayEdit: boolean;
  saved: boolean;
};

export function PlaybookView({ page, playbook, ...shown }: PlaybookViewProps) {
  const { t, href } = page;
  const { versions, credentials, mayEdit, saved } = shown;
  const path = `/moderation/playbooks/${playbook.id}`;
  const isNewest = playbook.version === versions[0]?.version;
  return (
    <div className="prose">
      <p className="back">
        <a href={href("/moderation/playbooks")}>{t("playbooks.back")}</a>
      </p>
      {saved && isNewest && (
        <SavedNotice>{t("playbooks.saved", { version: playbook.version })}</SavedNotice>
      )}
      <h1>{playbook.name}</h1>
      {!isNewest && (
        <p className="notice">
          {t("playbooks.old", { version: playbook.version })}{" "}
          <a href={href(path)}>{t("playbooks.newest")}</a>
        </p>
      )}
      <PlaybookBody page={page} playbook={playbook} />
      <dl>
        <dt>{t("playbooks.answersFor")}</dt>
        <dd>{credentials.length > 0 ? credentials.join(" · ") : t("playbooks.answersForNone")}</dd>
        <dt>{t("playbooks.places")}</dt>
        <dd>{placeWords(page, playbook.jurisdictions)}</dd>
      </dl>
      {mayEdit && isNewest && (
        <p>
          <a className="button" href={href(`${path}/edit`)}>
            {t("playbooks.edit")}
          </a>
        </p>
      )}
      <h2>{t("playbooks.versions")}</h2>
      <ul className="holders">
        {versions.map((version) => (
          <VersionLine key={version.version} page={page} path={path} version={version} />
        ))}
      </ul>
    </div>
  );
}

type VersionLineProps = { page: Page; path: string; version: PlaybookVersion };

function VersionLine({ page: { t, href, day }, path, version: made }: VersionLineProps) {
  const { version, editedAt, isEdited, editorName, editorEmail, reason } = made;
  const name = editorName || editorEmail || t("playbooks.gone");
  return (
    <li>
      <a href={href(`${path}?version=${version}`)}>
        {t("playbooks.version", { version, day: day(editedAt.toISOString()) })}
      </a>
      <small>
        {isEdited ? t("playbooks.by", { name, reason: reason ?? "" }) : t("playbooks.shipped")}
      </small>
    </li>
  );
}
