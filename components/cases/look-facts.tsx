import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { Page } from "../ui/page.ts";

type Look = LookedAt["now"];

/** What a look found: by whom, where, when, and until when it holds. */
export function LookFacts({ page, look }: { page: Page; look: Look }) {
  const { t } = page;
  const lines: [string, string | null][] = [
    ["checkedOn", look.checkedOn && page.day(look.checkedOn)],
    ["checker", [look.checker, look.secondReviewer].filter(Boolean).join(", ")],
    ["code", look.decisionCode && t(`decisions.code.${look.decisionCode}`)],
    ...recordLines(page, look),
    ["nextCheckOn", look.nextCheckOn && page.day(look.nextCheckOn)],
  ];
  return <Lines page={page} lines={lines} />;
}

type Recorded = Pick<
  Look,
  | "authority"
  | "sourceType"
  | "sourceUrl"
  | "method"
  | "sourceAsOf"
  | "sourceStatus"
  | "issuedOn"
  | "expiresOn"
  | "validUntil"
  | "conditions"
  | "publicNote"
  | "privateNote"
>;

/** The fields that a moderator filled in; nothing where nothing was found yet. */
export function recordLines(page: Page, record: Recorded): [string, string | null][] {
  const { t } = page;
  const day = (given: string | null) => given && page.day(given);
  if (!record.authority) return [];
  return [
    ["authority", record.authority],
    ["sourceType", t(`record.sourceType.${record.sourceType}`)],
    ["method", t(`record.method.${record.method}`)],
    ["sourceUrl", record.sourceUrl],
    ["sourceStatus", record.sourceStatus],
    ["sourceAsOf", day(record.sourceAsOf)],
    ["issuedOn", day(record.issuedOn)],
    ["expiresOn", day(record.expiresOn)],
    ["validUntil", day(record.validUntil)],
    ["conditions", record.conditions],
    ["publicNote", record.publicNote],
    ["privateNote", record.privateNote],
  ];
}

type LinesProps = { page: Page; lines: readonly [string, string | null][] };

export function Lines({ page, lines }: LinesProps) {
  const say = page.t as unknown as (key: string) => string;
  const said = lines.filter(([, text]) => text);
  if (said.length === 0) return null;
  return (
    <dl className="facts">
      {said.map(([name, text]) => (
        <div key={name}>
          <dt>{say(`moderation.field.${name}`)}</dt>
          <dd>
            {name === "sourceUrl" ? (
              <a href={text ?? ""} rel="noreferrer external">
                {text}
              </a>
            ) : (
              text
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
