import { parseArgs } from "node:util";
import { emailAddress } from "#lib/auth/schema.ts";
import { reasonLength } from "#lib/roles/schema.ts";
import { type Locale, locales } from "#lib/words/labels.ts";

export type LeadOptions = {
  email: string;
  /** Of an account that is made by this. */
  locale: Locale;
  /** Null where this is to be the first lead. */
  recovery: { reason: string; alone: boolean } | null;
};

export const help = `Makes the first lead, who can then give roles to others.

  npm run lead -- someone@mail.example
      refuses when there is a lead already: from then on leads give roles, at /moderation/people
      --language es    the language of their mails, if they have no account yet

  npm run lead -- someone@mail.example --recover "Why this is done"
      when no lead gets in any more: makes them a lead all the same, takes away their second
      factors and signs them out, so that they can begin again. The reason goes into the audit chain
      --alone          every other lead loses the role: they are gone for good`;

const options = {
  language: { type: "string", default: "en" },
  recover: { type: "string" },
  alone: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export function readOptions(argv: string[]): LeadOptions | "help" | { problem: string } {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (values.help) return "help";
    const [given, ...more] = positionals;
    if (given === undefined) return { problem: "Whom? Their e-mail address is missing." };
    if (more.length > 0) return { problem: "One address at a time, please." };
    const email = emailAddress.safeParse(given);
    if (!email.success) return { problem: `“${given}” is no e-mail address.` };
    const locale = locales.find((known) => known === values.language);
    if (!locale) return { problem: `--language takes ${locales.join(" or ")}.` };
    if (values.alone && values.recover === undefined) {
      return { problem: "--alone goes with --recover only." };
    }
    const recovery = readRecovery(values.recover, values.alone);
    return recovery === "unclear"
      ? {
          problem: `--recover needs a reason of ${reasonLength.min} to ${reasonLength.max} letters.`,
        }
      : { email: email.data, locale, recovery };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function readRecovery(given: string | undefined, alone: boolean) {
  if (given === undefined) return null;
  const reason = given.trim();
  const { length } = [...reason];
  return length < reasonLength.min || length > reasonLength.max ? "unclear" : { reason, alone };
}
