import type { ReactNode } from "react";
import type { TermKind } from "#db/vocabulary.ts";
import { disclosureParts } from "#lib/revisions/rules.ts";
import { checkStatus } from "#lib/vetting/rules.ts";
import { feeWords } from "../profiles/fee-words.ts";
import type { ProfilePage } from "../profiles/profile-view.tsx";
import { openingWords, whereLines } from "../profiles/see-you-section.tsx";
import type { Page } from "../ui/page.ts";

type CompareTableProps = { page: Page; profiles: readonly ProfilePage[] };

/** A row for each question, a column for each therapist; nothing is scored. */
export function CompareTable({ page, profiles }: CompareTableProps) {
  const { t } = page;
  const columns = { page, profiles };
  return (
    // A frame of its own scrolls sideways on narrow screens; with a name and a tab stop, keys can.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="compare-frame" aria-label={t("compare.heading")} tabIndex={0}>
      <Side
        {...columns}
        kind="facts"
        caption={t("compare.caption", { date: page.day(page.today) })}
      >
        <Line {...columns} name={t("profile.openings")}>
          {({ profile }) => openingWords(page, profile)}
        </Line>
        <Line {...columns} name={t("compare.where")}>
          {({ profile, reach }) => <Lines lines={whereLines(page, profile, reach)} />}
        </Line>
        <Line {...columns} name={t("profile.fees")}>
          {(shown) => (
            <Lines lines={[feeWords(page, shown.profile), termWords(page, shown, "fee")]} />
          )}
        </Line>
        <Line {...columns} name={t("profile.languages")}>
          {(shown) => termWords(page, shown, "language") || t("compare.notSaid")}
        </Line>
        <Line {...columns} name={t("compare.licences")}>
          {(shown) => <Lines lines={licenceLines(page, shown)} />}
        </Line>
        <Line {...columns} name={t("compare.trainings")}>
          {(shown) => <Lines lines={trainingLines(page, shown)} />}
        </Line>
        {disclosureParts.map((part) => (
          <Line key={part} {...columns} name={t(`profile.card.${part}`)}>
            {({ profile }) => ownWords(page, profile, profile.disclosure?.[part])}
          </Line>
        ))}
      </Side>
      <Side {...columns} kind="answers" caption={t("compare.answers")}>
        {statementsOf(profiles).map(({ id, statement }) => (
          <Line key={id} {...columns} name={statement}>
            {({ statements }) => {
              const said = statements.find((other) => other.id === id);
              return said ? t(`profile.answer.${said.answer}`) : t("compare.notSaid");
            }}
          </Line>
        ))}
      </Side>
    </section>
  );
}

type SideProps = CompareTableProps & {
  kind: "facts" | "answers";
  caption: string;
  children: ReactNode;
};

/** The answers are a table of their own: on paper, long questions stand beside short words. */
function Side({ page, profiles, kind, caption, children }: SideProps) {
  return (
    <table className={`compare-${kind}`}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {profiles.map(({ profile }) => (
            <th key={profile.slug} scope="col">
              <a href={page.href(`/therapists/${profile.slug}`)}>{profile.name}</a>
              {profile.pronouns && <small> {profile.pronouns}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

type LineProps = CompareTableProps & { name: string; children: (shown: ProfilePage) => ReactNode };

function Line({ profiles, name, children }: LineProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {profiles.map((shown) => (
        <td key={shown.profile.slug}>{children(shown)}</td>
      ))}
    </tr>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.filter(Boolean).map((line) => <p key={line}>{line}</p>);
}

function termWords(page: Page, { profile }: ProfilePage, kind: TermKind): string {
  return profile.terms
    .filter((term) => term.kind === kind)
    .map(({ id, detail }) => page.term(kind, id) + (detail ? ` (${detail})` : ""))
    .join(" · ");
}

/** What was looked up of their right to practise, each with its day; all of it, good or not. */
function licenceLines(page: Page, { record }: ProfilePage): string[] {
  const { t } = page;
  const checks = record.find(({ track }) => track === "right-to-practise")?.checks ?? [];
  const lines = checks.flatMap((check) => {
    const status = checkStatus(check, page.today);
    if (status === "not-shown") return [];
    const said = `${check.claim}: ${t(`record.status.${status}`)}`;
    return check.checkedOn ? [`${said}, ${page.day(check.checkedOn)}`] : [said];
  });
  return lines.length > 0 ? lines : [t("record.none")];
}

function trainingLines(page: Page, { profile }: ProfilePage): string[] {
  const { t } = page;
  if (profile.trainings.length === 0) return [t("profile.noTrainings")];
  return profile.trainings.map(({ title, provider, year, workerLed, evidence }) => {
    const what = [title, provider, year].filter(Boolean).join(", ");
    return `${what}. ${t(`profile.workerLed.${workerLed}`)}. ${t(`profile.evidence.${evidence}`)}.`;
  });
}

function ownWords(page: Page, profile: ProfilePage["profile"], words: string | null | undefined) {
  if (!words) return page.t("profile.notSaid");
  const lang = profile.textLocale === page.locale ? undefined : profile.textLocale;
  return <span lang={lang}>{words}</span>;
}

/** Every question that one of them answered, in the order in which we ask. */
function statementsOf(profiles: readonly ProfilePage[]) {
  const all = profiles.flatMap(({ statements }) => statements);
  return all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
}
