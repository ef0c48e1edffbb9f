import type { Playbook } from "#lib/playbooks/queries.ts";
import { suggestionOf } from "#lib/playbooks/rules.ts";
import type { Page } from "../ui/page.ts";

type BodyProps = { page: Page; playbook: Playbook };

/** What a playbook says, without a heading: it stands inside a case as well as on its own page. */
export function PlaybookBody({ page, playbook }: BodyProps) {
  const { t, locale } = page;
  const { url, steps, idFormat, callBack } = playbook;
  return (
    <>
      <p>
        {url === null ? (
          t("playbooks.noAddress")
        ) : (
          <a className="button" href={url} target="_blank" rel="noopener noreferrer">
            {t("playbooks.open", { host: hostOf(url) })}
          </a>
        )}
      </p>
      <dl>
        <dt>{t("playbooks.steps")}</dt>
        <dd>
          <Paragraphs text={steps[locale]} />
        </dd>
        {idFormat && (
          <>
            <dt>{t("playbooks.idFormat")}</dt>
            <dd>
              <Paragraphs text={idFormat[locale]} />
            </dd>
          </>
        )}
        {callBack && (
          <>
            <dt>{t("playbooks.callBack")}</dt>
            <dd>
              <Paragraphs text={callBack[locale]} />
            </dd>
          </>
        )}
      </dl>
      <StatusWords page={page} playbook={playbook} />
    </>
  );
}

function StatusWords({ page: { t, locale }, playbook: { statusWords } }: BodyProps) {
  if (statusWords.length === 0) return <p>{t("playbooks.noWords")}</p>;
  return (
    <table className="status-words">
      <caption>{t("playbooks.status")}</caption>
      <thead>
        <tr>
          {(["word", "meaning", "suggests"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`playbooks.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {statusWords.map((row) => {
          const action = suggestionOf(row);
          return (
            <tr key={row.word}>
              <th scope="row">{row.word}</th>
              <td>{row.meaning[locale]}</td>
              <td>{t(action ? `decisions.action.${action}` : "playbooks.suggestsNothing")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Paragraphs({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that is drawn once
    <p key={place}>{paragraph}</p>
  ));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : url;
}
