import type { ContactWay } from "#lib/profiles/revision-parts.ts";
import type { Page } from "../ui/page.ts";

export function ContactList({ page, ways }: { page: Page; ways: readonly ContactWay[] }) {
  const { t } = page;
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
