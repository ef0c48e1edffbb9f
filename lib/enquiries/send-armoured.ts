import { type Db, primary } from "#db/client.ts";
import { type ArmouredProblem, readArmoured } from "#lib/letters/armoured.ts";
import { newToken, tokenKey } from "#lib/sealing/link-token.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { getActiveKey } from "./active-key.ts";
import { countToday } from "./count-today.ts";
import { keepLetter } from "./keep-letter.ts";
import { mostArmoured } from "./rules.ts";

/** `full`: the day takes no more of them. */
export type ArmouredOutcome = "sent" | "no-key" | "full" | ArmouredProblem;

/**
 * Keeps what a reader without scripts sealed with `age` themself. It comes without proof of work, so
 * each day takes few; and no answer can come back.
 */
export async function sendArmoured(
  { therapist: slug, text }: { therapist: string; text: string },
  now: Date,
  db: Db = primary(),
): Promise<ArmouredOutcome> {
  const read = readArmoured(text);
  if (!read.ok) return read.reason;
  const key = await getActiveKey(slug, now, db);
  if (key === null) return "no-key";
  const therapistId = key.therapist;
  const today = todayUtc(now);
  const inbox = { subject: `armoured:${therapistId}`, most: mostArmoured.ofInbox };
  const site = { subject: "armoured", most: mostArmoured.ofSite };
  return db.transaction(async (tx) => {
    if (!(await countToday(inbox, today, tx))) return "full";
    if (!(await countToday(site, today, tx))) return "full";
    const tokenHash = tokenKey(newToken());
    await keepLetter({ therapistId, tokenHash, ciphertext: read.ciphertext }, today, tx);
    return "sent";
  });
}
