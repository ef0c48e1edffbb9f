import type { ReactNode } from "react";
import type { Invitation } from "#lib/invitations/queries.ts";
import type { Page } from "../ui/page.ts";

export type OpenInvitation = Exclude<Invitation, { state: "claimed" }>;

type HeldFactsProps = { page: Page; invitation: OpenInvitation };

const listed = ["format", "language", "modality", "concern", "work"] as const;

/** All that was entered about someone, each thing under its name; nothing is left out. */
export function HeldFacts({ page, invitation }: HeldFactsProps) {
  const { t } = page;
  const { held, email, locale } = invitation;
  const facts: [string, readonly ReactNode[]][] = [
    [t("invitation.held.email"), [email]],
    [t("invitation.held.mailLanguage"), [page.term("language", locale)]],
    [t("invitation.held.displayName"), some(held.displayName)],
    [t("invitation.held.pronouns"), some(held.pronouns)],
    [t("invitation.held.headline"), some(held.headline)],
    [t("invitation.held.places"), held.places.map(({ city, region }) => page.place(city, region))],
    ...listed.map((kind): [string, readonly ReactNode[]] => [
      t(`invitation.held.${kind}`),
      held.terms.filter((term) => term.kind === kind).map(({ id }) => page.term(kind, id)),
    ]),
    [t("invitation.held.credentials"), held.credentials.map((each) => inWords(page, each))],
    [t("invitation.held.websites"), held.websites],
  ];
  return (
    <dl>
      {facts.map(
        ([name, values]) => values.length > 0 && <Fact key={name} {...{ name, values }} />,
      )}
    </dl>
  );
}

function Fact({ name, values }: { name: string; values: readonly ReactNode[] }) {
  return (
    <>
      <dt>{name}</dt>
      {values.map((value) => (
        <dd key={String(value)}>{value}</dd>
      ))}
    </>
  );
}

function some(text: string | null): readonly string[] {
  return text === null ? [] : [text];
}

function inWords(page: Page, credential: OpenInvitation["held"]["credentials"][number]): string {
  const { t, locale } = page;
  const { letters, number, jurisdiction, expiresOn } = credential;
  const said = { title: credential.title[locale], letters, number };
  const claim = jurisdiction
    ? t("invitation.held.credentialIn", { ...said, place: page.region(jurisdiction) })
    : t("invitation.held.credential", said);
  return expiresOn
    ? `${claim}, ${t("invitation.held.expires", { day: page.day(expiresOn) })}`
    : claim;
}
