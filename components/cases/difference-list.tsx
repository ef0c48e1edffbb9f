import type { TermKind } from "#db/vocabulary.ts";
import {
  type Difference,
  type FieldSort,
  type FieldValue,
  sameValues,
  valueKey,
  wordParts,
} from "#lib/case-files/rules.ts";
import type { Page } from "../ui/page.ts";
import type { CaseNames } from "./case-words.ts";

type DifferenceListProps = {
  page: Page;
  differences: readonly Difference[];
  /** Readers see nothing of it yet: then nothing is marked. */
  isFirst: boolean;
  names: CaseNames;
  /** The language that the profile is written in. */
  textLocale: string;
};

/** What was sent against what readers see: what went is struck, what came is marked. */
export function DifferenceList(props: DifferenceListProps) {
  const { page, differences } = props;
  const { t } = page;
  if (differences.length === 0) return <p>{t("moderation.differences.none")}</p>;
  const topics = Map.groupBy(differences, ({ topic }) => topic);
  return [...topics].map(([topic, fields]) => (
    <section key={topic} aria-labelledby={`topic-${topic}`}>
      <h3 id={`topic-${topic}`}>{t(`editor.topic.${topic}`)}</h3>
      {[...Map.groupBy(fields, ({ item }) => item?.id)].map(([id, ofOne]) => (
        <OfOne key={id ?? ""} {...props} differences={ofOne} />
      ))}
    </section>
  ));
}

/** What belongs to one licence, training or question; or to the profile itself. */
function OfOne({ differences, ...props }: DifferenceListProps) {
  const item = differences[0]?.item;
  return (
    <>
      {item && <h4>{item.label ?? props.names.statement(item.id)}</h4>}
      <dl className="differences">
        {differences.map((difference) => (
          <div key={difference.field}>
            <dt>{labelOf(difference, props.page)}</dt>
            <dd lang={difference.sort === "words" ? props.textLocale : undefined}>
              <Change difference={difference} differences={differences} {...props} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function labelOf({ topic, field, item }: Difference, page: Page): string {
  return (page.t as unknown as (key: string) => string)(labelKey(topic, field, item !== null));
}

/** Most fields are called here as their therapist knows them. */
function labelKey(topic: Difference["topic"], field: string, ofItem: boolean): string {
  if (topic === "disclosure") return `editor.disclosureField.${field}`;
  if (topic === "licences") return `moderation.fact.${field}`;
  if (topic === "practice") {
    return ofItem ? `moderation.differences.${field}` : "editor.contextsHeading";
  }
  return `editor.field.${field}`;
}

function Change({ difference, ...props }: DifferenceListProps & { difference: Difference }) {
  const { after, sort } = difference;
  const before = props.isFirst ? after : difference.before;
  if (sort === "words") {
    return <Prose before={before[0]?.text ?? ""} after={after[0]?.text ?? ""} />;
  }
  const says = (value: FieldValue) => wordsFor(value, sort, props);
  const isIn = (value: FieldValue, values: readonly FieldValue[]) =>
    values.some((other) => sameValues([other], [value]));
  const [only, ...others] = after;
  if (only && others.length === 0 && sameValues(before, after)) return says(only);
  return (
    <ul>
      {before
        .filter((value) => !isIn(value, after))
        .map((value) => (
          <li key={valueKey(value)}>
            <del>{says(value)}</del>
          </li>
        ))}
      {after.map((value) => (
        <li key={valueKey(value)}>
          {isIn(value, before) ? says(value) : <ins>{says(value)}</ins>}
        </li>
      ))}
    </ul>
  );
}

function Prose({ before, after }: { before: string; after: string }) {
  return (
    <p className="kept">
      {wordParts(before, after).map(({ kind, text }, position) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are known by their place
        if (kind === "same") return <span key={position}>{text}</span>;
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are known by their place
        return kind === "del" ? <del key={position}>{text}</del> : <ins key={position}>{text}</ins>;
      })}
    </p>
  );
}

function wordsFor(value: FieldValue, sort: FieldSort, { page, names }: DifferenceListProps) {
  const { t } = page;
  const { text, level, detail } = value;
  if (sort.startsWith("term:")) {
    const kind = sort.slice("term:".length) as TermKind;
    const more = [level && names.level(kind, level), detail].filter(Boolean).join(", ");
    return page.term(kind, text) + (more ? ` (${more})` : "");
  }
  switch (sort) {
    case "day":
      return page.day(text);
    case "region":
      return page.region(text);
    case "place":
      return page.place(text, level ?? "") + (detail ? ` (${detail})` : "");
    case "contact":
      return text + (detail ? ` (${detail})` : "");
    case "credential-type":
      return names.credentialType(text);
    case "compact":
      return names.compact(text);
    case "yes-no":
      return t(text === "true" ? "editor.yes" : "editor.no");
    case "worker-led":
      return t(`editor.workerLed.${text as "yes" | "no" | "unknown"}`);
    case "answer":
      return t(`profile.answer.${text as "yes" | "no" | "in-progress"}`);
    case "locale":
      return t(`moderation.locale.${text as "en" | "es"}`);
    default:
      return text;
  }
}
