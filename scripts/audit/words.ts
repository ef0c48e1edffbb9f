import type { ChainFault } from "#lib/audit/rules.ts";

export const usage = `npm run audit -- verify                     holds every event against the chain
npm run audit -- verify --head 1234:abcd…   and the chain against a head that was kept elsewhere
npm run -s audit -- head                    prints that head, to be signed and kept elsewhere`;

export const unguarded = `The site's database role could rewrite this chain: it owns the tables, or may change them.
A head that is kept elsewhere still shows it. To have Postgres refuse it, set MIGRATION_DATABASE_URL
(.env.example says how).`;

const words: Record<ChainFault["fault"], string> = {
  "event-changed": "The event is not the one that was written: something in it was changed.",
  "event-missing": "The link is there, but the event that it names is gone.",
  "event-unlinked": "The event is there, but no link: it was put in, or its link was taken away.",
  "link-changed": "The link itself was changed; the event is as it was written.",
  "link-missing": "Here a link is missing.",
  "chain-broken":
    "It does not go on from the row before: it was put in or moved, or the one before made anew.",
  "not-the-kept-chain":
    "Up to here the chain fits together, but it is not the one whose head was kept: it was made anew.",
  "cut-off": "Here the chain ends, before the head that was kept: the rest was taken away.",
};

export function faultText({ fault, seq, eventId }: ChainFault, rows: number): string {
  const names = [seq !== null && `row ${seq}`, eventId !== null && `event ${eventId}`];
  const first = names.filter(Boolean).join(", ");
  return `NOT WELL: ${first}\n${words[fault]}\nThe ${count(rows)} rows before it are as they were written.`;
}

export function wellText(rows: number, isAgainstKept: boolean): string {
  const kept = isAgainstKept ? " It goes on from the head that was kept." : "";
  return `Well: ${count(rows)} rows, each as it was written.${kept}`;
}

export function count(value: number): string {
  return value.toLocaleString("en");
}
