import { createFormatter, createTranslator } from "use-intl/core";
import en from "./messages/en.json" with { type: "json" };
import es from "./messages/es.json" with { type: "json" };

export const locales = ["en", "es"] as const;
export type Locale = (typeof locales)[number];
export type Messages = typeof en;

const messages: Record<Locale, Messages> = { en, es };

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
