import type { Words } from "#lib/words/labels.ts";
import type { MailContent } from "./schema.ts";

export type ComposedMail = { subject: string; text: string; html: string };

type Block = string | { label: string; url: string };

/**
 * One mail in one language, as text and as HTML that says the same. Subjects are neutral: they show
 * on locked screens. The HTML loads nothing and takes the colours of whoever reads it.
 */
export function composeMail(content: MailContent, words: Words, siteName: string): ComposedMail {
  const subject = words.t(`mail.kind.${content.kind}.subject`, { site: siteName });
  const blocks = blocksOf(content, words, siteName);
  return {
    subject,
    text: `${blocks.map(inText).join("\n\n")}\n\n${siteName}\n`,
    html: document(words.locale, subject, blocks, siteName),
  };
}

function blocksOf({ kind, params }: MailContent, { t, day }: Words, site: string): Block[] {
  switch (kind) {
    case "sign-in":
    case "address-change-new":
      return [
        t(`mail.kind.${kind}.lead`, { site }),
        { label: t(`mail.kind.${kind}.action`), url: params.url },
        t(`mail.kind.${kind}.after`),
      ];
    case "address-change-old":
      return [
        t("mail.kind.address-change-old.lead", { site, address: params.newAddress }),
        { label: t("mail.kind.address-change-old.action"), url: params.url },
        t("mail.kind.address-change-old.after"),
      ];
    case "security-notice":
      return [
        t(`mail.kind.security-notice.${params.what}`, { site }),
        t("mail.kind.security-notice.after"),
      ];
    case "confirm-openings":
      return [
        t("mail.kind.confirm-openings.lead", { site, days: params.days }),
        { label: t("mail.kind.confirm-openings.action"), url: params.url },
        t("mail.kind.confirm-openings.after"),
        t("mail.kind.confirm-openings.decay", params.decay),
        { label: t("mail.kind.confirm-openings.account"), url: params.accountUrl },
      ];
    case "listing-hidden":
      return [
        t("mail.kind.listing-hidden.lead", { site, days: params.days }),
        { label: t("mail.kind.listing-hidden.action"), url: params.url },
        t("mail.kind.listing-hidden.after"),
      ];
    case "expiry-reminder":
      return [
        t(`mail.kind.expiry-reminder.${params.what}`, { name: params.name, day: day(params.day) }),
        t("mail.kind.expiry-reminder.after"),
        { label: t("mail.kind.expiry-reminder.action"), url: params.url },
      ];
    case "submission-received":
      return [
        t("mail.kind.submission-received.lead", { site }),
        t("mail.kind.submission-received.after", { day: day(params.day) }),
      ];
    case "invitation":
      return [
        t("mail.kind.invitation.lead", { site }),
        t("mail.kind.invitation.who", { site, community: params.community }),
        { label: t("mail.kind.invitation.action"), url: params.acceptUrl },
        t("mail.kind.invitation.after"),
        { label: t("mail.kind.invitation.never"), url: params.neverUrl },
      ];
    case "deletion-asked":
      return [
        t("mail.kind.deletion-asked.lead", { site, day: day(params.day) }),
        { label: t("mail.kind.deletion-asked.action"), url: params.url },
        t("mail.kind.deletion-asked.after"),
      ];
    case "questions-asked":
      return [
        t("mail.kind.questions-asked.lead", { site, count: params.count }),
        { label: t("mail.kind.questions-asked.action"), url: params.url },
        t("mail.kind.questions-asked.after"),
      ];
    case "decision-made":
      return [
        t(`mail.kind.decision-made.${params.what}`, { site }),
        t("mail.kind.decision-made.reason", { reason: params.reason }),
        { label: t("mail.kind.decision-made.action"), url: params.url },
        ...(params.appealUntil
          ? [t("mail.kind.decision-made.appeal", { day: day(params.appealUntil) })]
          : []),
      ];
    case "roles-changed":
      return [
        t("mail.kind.roles-changed.lead", { site }),
        { label: t("mail.kind.roles-changed.action"), url: params.url },
        t("mail.kind.roles-changed.after"),
      ];
    case "messages-waiting":
      return [
        t("mail.kind.messages-waiting.lead", { site }),
        { label: t("mail.kind.messages-waiting.action"), url: params.url },
        t("mail.kind.messages-waiting.after"),
      ];
    case "message-key-changed":
      return [
        t(`mail.kind.message-key-changed.${params.what}`, {
          site,
          day: params.activeFrom === null ? "" : day(params.activeFrom),
        }),
        t("mail.kind.message-key-changed.fingerprint", { fingerprint: params.fingerprint }),
        { label: t("mail.kind.message-key-changed.action"), url: params.url },
        t("mail.kind.message-key-changed.after"),
      ];
  }
}

/** An address stands on a line of its own, so that every reader of mails finds it. */
function inText(block: Block): string {
  return typeof block === "string" ? block : `${block.label}:\n${block.url}`;
}

function document(locale: string, subject: string, blocks: readonly Block[], site: string) {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px 16px;font:17px/1.5 system-ui,sans-serif">
<div style="max-width:36em;margin:0 auto">
${blocks.map(inHtml).join("\n")}
<p style="margin:32px 0 0;font-size:15px">${escapeHtml(site)}</p>
</div>
</body>
</html>
`;
}

function inHtml(block: Block): string {
  if (typeof block === "string") return `<p style="margin:0 0 20px">${escapeHtml(block)}</p>`;
  const look =
    "display:inline-block;padding:12px 20px;border:2px solid;border-radius:8px;color:inherit;font-weight:bold;text-decoration:none";
  return `<p style="margin:0 0 20px"><a href="${escapeHtml(block.url)}" style="${look}">${escapeHtml(block.label)}</a></p>`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
