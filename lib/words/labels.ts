import { createFormatter, createTranslator } from "use-intl/core";
import enAccount from "./messages/en/account.json" with { type: "json" };
import enAudit from "./messages/en/audit.json" with { type: "json" };
import enAvailability from "./messages/en/availability.json" with { type: "json" };
import enCopy from "./messages/en/copy.json" with { type: "json" };
import enDecisions from "./messages/en/decisions.json" with { type: "json" };
import enEditor from "./messages/en/editor.json" with { type: "json" };
import enEvidence from "./messages/en/evidence.json" with { type: "json" };
import enForTherapists from "./messages/en/for-therapists.json" with { type: "json" };
import enForms from "./messages/en/forms.json" with { type: "json" };
import enGuide from "./messages/en/guide.json" with { type: "json" };
import enHelp from "./messages/en/help.json" with { type: "json" };
import enHolds from "./messages/en/holds.json" with { type: "json" };
import enImport from "./messages/en/import.json" with { type: "json" };
import enInbox from "./messages/en/inbox.json" with { type: "json" };
import enLetters from "./messages/en/letters.json" with { type: "json" };
import enMail from "./messages/en/mail.json" with { type: "json" };
import enModeration from "./messages/en/moderation.json" with { type: "json" };
import enNumbers from "./messages/en/numbers.json" with { type: "json" };
import enPlaybooks from "./messages/en/playbooks.json" with { type: "json" };
import enPrivacy from "./messages/en/privacy.json" with { type: "json" };
import enQuestions from "./messages/en/questions.json" with { type: "json" };
import enReader from "./messages/en/reader.json" with { type: "json" };
import enRegisters from "./messages/en/registers.json" with { type: "json" };
import enReports from "./messages/en/reports.json" with { type: "json" };
import enRetention from "./messages/en/retention.json" with { type: "json" };
import enRoles from "./messages/en/roles.json" with { type: "json" };
import enSettings from "./messages/en/settings.json" with { type: "json" };
import enSignIn from "./messages/en/sign-in.json" with { type: "json" };
import esAccount from "./messages/es/account.json" with { type: "json" };
import esAudit from "./messages/es/audit.json" with { type: "json" };
import esAvailability from "./messages/es/availability.json" with { type: "json" };
import esCopy from "./messages/es/copy.json" with { type: "json" };
import esDecisions from "./messages/es/decisions.json" with { type: "json" };
import esEditor from "./messages/es/editor.json" with { type: "json" };
import esEvidence from "./messages/es/evidence.json" with { type: "json" };
import esForTherapists from "./messages/es/for-therapists.json" with { type: "json" };
import esForms from "./messages/es/forms.json" with { type: "json" };
import esGuide from "./messages/es/guide.json" with { type: "json" };
import esHelp from "./messages/es/help.json" with { type: "json" };
import esHolds from "./messages/es/holds.json" with { type: "json" };
import esImport from "./messages/es/import.json" with { type: "json" };
import esInbox from "./messages/es/inbox.json" with { type: "json" };
import esLetters from "./messages/es/letters.json" with { type: "json" };
import esMail from "./messages/es/mail.json" with { type: "json" };
import esModeration from "./messages/es/moderation.json" with { type: "json" };
import esNumbers from "./messages/es/numbers.json" with { type: "json" };
import esPlaybooks from "./messages/es/playbooks.json" with { type: "json" };
import esPrivacy from "./messages/es/privacy.json" with { type: "json" };
import esQuestions from "./messages/es/questions.json" with { type: "json" };
import esReader from "./messages/es/reader.json" with { type: "json" };
import esRegisters from "./messages/es/registers.json" with { type: "json" };
import esReports from "./messages/es/reports.json" with { type: "json" };
import esRetention from "./messages/es/retention.json" with { type: "json" };
import esRoles from "./messages/es/roles.json" with { type: "json" };
import esSettings from "./messages/es/settings.json" with { type: "json" };
import esSignIn from "./messages/es/sign-in.json" with { type: "json" };

export const locales = ["en", "es"] as const;
export type Locale = (typeof locales)[number];
/** One file per area of the site, so that a text is found where it is used. */
const en = {
  ...enReader,
  ...enCopy,
  ...enGuide,
  ...enHelp,
  ...enForTherapists,
  ...enPrivacy,
  ...enForms,
  ...enAccount,
  ...enEditor,
  ...enSignIn,
  ...enSettings,
  ...enLetters,
  ...enInbox,
  ...enMail,
  ...enAvailability,
  ...enEvidence,
  ...enImport,
  ...enAudit,
  ...enDecisions,
  ...enHolds,
  ...enModeration,
  ...enNumbers,
  ...enPlaybooks,
  ...enQuestions,
  ...enRegisters,
  ...enReports,
  ...enRetention,
  ...enRoles,
};
const es: typeof en = {
  ...esReader,
  ...esCopy,
  ...esGuide,
  ...esHelp,
  ...esForTherapists,
  ...esPrivacy,
  ...esForms,
  ...esAccount,
  ...esEditor,
  ...esSignIn,
  ...esSettings,
  ...esLetters,
  ...esInbox,
  ...esMail,
  ...esAvailability,
  ...esEvidence,
  ...esImport,
  ...esAudit,
  ...esDecisions,
  ...esHolds,
  ...esModeration,
  ...esNumbers,
  ...esPlaybooks,
  ...esQuestions,
  ...esRegisters,
  ...esReports,
  ...esRetention,
  ...esRoles,
};
export type Messages = typeof en;

export const messages: Record<Locale, Messages> = { en, es };

function translatorFor(locale: Locale) {
  return createTranslator<Messages>({
    locale,
    messages: messages[locale],
    onError(error) {
      // A missing text is a defect: loud where we work, and its key instead of a 500 for readers.
      if (process.env.NODE_ENV !== "production") throw error;
    },
  });
}

export type Translate = ReturnType<typeof translatorFor>;

/** Everything a component needs to speak one language. */
export type Words = {
  locale: Locale;
  t: Translate;
  /** `2026-11-02` -> "2 November 2026" */
  day: (day: string) => string;
  /** `2026-11-02` -> "Nov 2026", for narrow places. */
  month: (day: string) => string;
  number: (value: number) => string;
  /** Whole units of an ISO 4217 currency. */
  money: (amount: number, currency: string) => string;
  /** "a, b and c" */
  list: (items: readonly string[]) => string;
};

/** Days as people read them everywhere; money so that no two dollars look alike. */
const regional = {
  en: { days: "en-GB", numbers: "en-US" },
  es: { days: "es-US", numbers: "es-US" },
} as const;

function wordsOf(locale: Locale): Words {
  const format = createFormatter({ locale: regional[locale].days, timeZone: "UTC" });
  const numbers = createFormatter({ locale: regional[locale].numbers, timeZone: "UTC" });
  const t = translatorFor(locale);
  return {
    locale,
    t,
    day: (day) => format.dateTime(new Date(day), { dateStyle: "long" }),
    month: (day) => format.dateTime(new Date(day), { month: "short", year: "numeric" }),
    number: (value) => numbers.number(value),
    money: (amount, currency) =>
      numbers.number(amount, {
        style: "currency",
        currency,
        maximumFractionDigits: 0,
      }),
    list: (items) => format.list(items),
  };
}

// One for the life of the process: the parsed messages and formatters inside are kept with it.
const words: Record<Locale, Words> = { en: wordsOf("en"), es: wordsOf("es") };

export function wordsFor(locale: Locale): Words {
  return words[locale];
}
