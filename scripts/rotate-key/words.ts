import type { Rotated } from "#lib/keys/rotate-key.ts";
import { type RotateError, type RotateFault, type Stand, sumOf } from "#lib/keys/rules.ts";

export const help = `npm run rotate-key    brings everything that is sealed under a new master key, while the site runs

  1. MASTER_KEY stays as it is; the new key is MASTER_KEY_NEXT. Restart every process.
  2. The new key is MASTER_KEY, the old one MASTER_KEY_BEFORE. Restart every process.
  3. npm run rotate-key, with the settings of step 2. It can be stopped, and run again.
  4. It says that nothing is left: take MASTER_KEY_BEFORE away and restart. Take a new backup.

Why two steps, and what becomes of links and backups: docs/decisions/0034-changing-the-master-key.md`;

const words: Record<RotateFault, string> = {
  "not-changing": `MASTER_KEY_BEFORE is not set, so there is no key to change from.\n\n${help}`,
  "next-does-not-seal": `MASTER_KEY_NEXT is set: the new key opens already, and does not seal yet. When every process was
restarted with it, set the new key as MASTER_KEY and the old one as MASTER_KEY_BEFORE, without
MASTER_KEY_NEXT; restart every process, and run this again.`,
  "wrong-key-before": `MASTER_KEY_BEFORE opens nothing here, and neither does MASTER_KEY open what these hold:`,
  "used-before": `MASTER_KEY was in use here before and was given up: a key is not taken up again. Finish the change
that was begun, with the keys the other way round, or make a new key: openssl rand -base64 32`,
};

export function faultWords({ fault, stands }: RotateError): string {
  if (fault !== "wrong-key-before") return words[fault];
  return [
    words[fault],
    ...stands.map(closedLine),
    "Set the key that was MASTER_KEY until now.",
  ].join("\n");
}

export const progress = (place: string, changed: number) => `${place}: ${changed} changed`;

/** What to print at the end, and whether the key before can go. */
export function linesOf({ changed, stands }: Rotated): { lines: string[]; done: boolean } {
  const left = sumOf(stands, "left");
  const closed = stands.filter((stand) => stand.closed > 0);
  const lines = [
    `${changed} changed; ${sumOf(stands, "done")} stand under MASTER_KEY.`,
    ...(closed.length === 0 ? [] : [closedWords, ...closed.map(closedLine)]),
    `Left that only MASTER_KEY_BEFORE opens: ${left}`,
    left === 0 ? doneWords : leftWords(stands),
  ];
  return { lines, done: left === 0 };
}

const closedWords = "Opened by neither key, before as well as now, and left as they are:";

const closedLine = ({ place, closed }: Stand) => `  ${place}: ${closed}`;

const doneWords = `MASTER_KEY_BEFORE can be taken away: unset it and restart every process. Links in mails that were
signed with it stop working then. Take a new backup: older ones open with the key before.`;

function leftWords(stands: readonly Stand[]): string {
  const where = stands
    .filter(({ left }) => left > 0)
    .map(({ place, left }) => `${place} (${left})`);
  return `Some were written while this ran, or are being worked on: ${where.join(", ")}.
Does every process have the new MASTER_KEY? Restart those that do not, and run this again.`;
}
