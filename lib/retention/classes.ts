import { graceDays } from "#lib/accounts/rules.ts";
import { appealWithinDays } from "#lib/cases/rules.ts";
import { retention as mailRetention } from "#lib/email/purge-old-mails.ts";
import { keepAbuseDays, keptDays } from "#lib/enquiries/rules.ts";
import { unansweredDays } from "#lib/invitations/rules.ts";
import { keepWordsDays } from "#lib/reports/rules.ts";

type RetentionRule = {
  /** Days for which it is kept after what `goes` says; null: no days are counted. */
  days: number | null;
  /** When it goes, and by what. */
  goes: string;
  /** About people, so that the privacy page tells of it. */
  personal: boolean;
};

/** All that we hold, by how long we keep it. Every column belongs to one: see columns.ts. */
export const retentionClasses = {
  "public-profile": {
    days: graceDays,
    goes: "with the account: accounts.purge, days after its owner asked",
    personal: true,
  },
  account: {
    days: graceDays,
    goes: "accounts.purge, days after its owner asked",
    personal: true,
  },
  "sign-in": { days: null, goes: "rows.purge, each hour, once it has lapsed", personal: true },
  "flood-limits": {
    days: null,
    goes: "rows.purge, each hour: proofs once they have lapsed, counts of the day before yesterday",
    personal: true,
  },
  "vetting-record": {
    days: graceDays,
    goes: "with the account: accounts.purge, days after its owner asked",
    personal: true,
  },
  "sealed-evidence": {
    days: appealWithinDays,
    goes: "documents.purge, days after the decision, unless a hold is on",
    personal: true,
  },
  correspondence: {
    days: graceDays,
    goes: "with the account of the therapist: accounts.purge, days after its owner asked",
    personal: true,
  },
  "sealed-letter": {
    days: keptDays.letter,
    goes: "rows.purge, days after it came; sooner when it is answered, closed or burnt. No backup",
    personal: true,
  },
  "sealed-reply": {
    days: keptDays.reply,
    goes: "rows.purge, days after it was given; sooner when it is burnt. Left out of backups",
    personal: true,
  },
  "abuse-note": {
    days: keepAbuseDays,
    goes: "rows.purge, days after a moderator settled it; its day goes with the therapist's account",
    personal: true,
  },
  "reader-report": {
    days: keepWordsDays,
    goes: "rows.purge, days after the case is closed; kind and day go with the therapist's account",
    personal: true,
  },
  mail: {
    days: Math.max(...mailRetention.map(({ days }) => days)),
    goes: "rows.purge, days after it was sent; its words go when the mail server has taken it",
    personal: true,
  },
  invitation: {
    days: unansweredDays,
    goes: "rows.purge, days after it was sent; with the account once it is answered",
    personal: true,
  },
  "never-contact": { days: null, goes: "never: a keyed hash of an address, alone", personal: true },
  "legal-hold": { days: null, goes: "with the account, once it is lifted", personal: true },
  "register-data": {
    days: null,
    goes: "with the next file of the register, when that has it no more",
    personal: true,
  },
  audit: { days: null, goes: "never: ids and words of ours, and no name", personal: true },
  reference: { days: null, goes: "with the release that drops it", personal: false },
  operations: { days: null, goes: "written over as the site runs", personal: false },
} as const satisfies Record<string, RetentionRule>;

export type RetentionClass = keyof typeof retentionClasses;

/** In the order in which people read of them. */
export const retentionOrder = Object.keys(retentionClasses) as RetentionClass[];

export type PersonalClass = {
  [K in RetentionClass]: (typeof retentionClasses)[K]["personal"] extends true ? K : never;
}[RetentionClass];

export type HeldClass = { name: PersonalClass; days: number | null };

/** What the privacy page tells of: classes that hold something about people. */
export function listPersonalClasses(): HeldClass[] {
  return retentionOrder
    .filter((name): name is PersonalClass => retentionClasses[name].personal)
    .map((name) => ({ name, days: retentionClasses[name].days }));
}
