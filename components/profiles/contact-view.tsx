import type { ContactWay } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";

type ContactViewProps = {
  page: Page;
  slug: string;
  name: string;
  /** Null before the reader asked to see them. */
  ways: readonly ContactWay[] | null;
};

export function ContactView({ page, slug, name, ways }: ContactViewProps) {
  const { t, href } = page;
  return (
    <div className="prose">
      <p className="back">
        <a href={href(`/therapists/${slug}`)}>{t("contact.back")}</a>
      </p>
      <h1>{t("contact.heading", { name })}</h1>
      <p>{t("contact.lead", { name })}</p>
      {ways === null ? (
        <form method="post" action={href(`/therapists/${slug}/contact`)}>
          <p className="note">{t("contact.step")}</p>
          <button type="submit">{t("contact.show", { name })}</button>
        </form>
      ) : (
        <Ways page={page} name={name} ways={ways} />
      )}
      <p className="note">{t("contact.care")}</p>
    </div>
  );
}

type WaysProps = { page: Page; name: string; ways: readonly ContactWay[] };

function Ways({ page, name, ways }: WaysProps) {
  const { t } = page;
  if (ways.length === 0) return <p>{t("contact.none", { name })}</p>;
  return (
    <dl className="facts">
      {ways.map(({ kind, value, note }) => (
        <div key={`${kind} ${value}`}>
          <dt>{t(`contact.kind.${kind}`)}</dt>
          <dd>
            <a href={addressOf(kind, value)} rel="noreferrer external">
              {value}
            </a>
            {note && <small> {note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Only schemes that we write ourselves; what a therapist typed never chooses one. */
function addressOf(kind: ContactWay["kind"], value: string): string {
  if (kind === "email") return `mailto:${value}`;
  if (kind === "phone") return `tel:${value.replaceAll(/[^+\d]/g, "")}`;
  if (kind === "text") return `sms:${value.replaceAll(/[^+\d]/g, "")}`;
  if (kind === "signal") return `https://signal.me/#p/${encodeURIComponent(value)}`;
  return /^https?:\/\//.test(value) ? value : `https://${value}`;
}
