import { beforeAll, expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { openEnquiry } from "#lib/letters/letter.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { makeReader, openInbox, proofFor, sealedTo, write } from "../../tests/support/inbox.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { letterEnd, mostLettersADay } from "./rules.ts";
import { sendEnquiry } from "./send-enquiry.ts";

const database = testDatabase();
const now = new Date();
const today = todayUtc(now);
const junk = 10_000;
const atOnce = 8;

accountEnvironment();
beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
});

test("after 10,000 junk letters a real one arrives, and what came before that day is untouched", {
  timeout: 300_000,
}, async () => {
  const lia = await openInbox(database, "lia-listed", now);
  const uma = await openInbox(database, "uma-unconfirmed", now);
  const reader = await makeReader();
  const yesterday = new Date(now.getTime() - 86_400_000);
  await database.sql`update enquiry_keys set created_at = ${yesterday.toISOString()},
    active_from = ${yesterday.toISOString()}`;
  for (let sent = 0; sent < 5; sent += 1) {
    await database.sql`insert into enquiries (token_hash, therapist_id, ciphertext, expires_on)
      values (${`earlier-${sent}`}, ${lia.therapist}, 'earlier', ${letterEnd(addDays(today, -1))}::date)`;
  }
  await write(uma, reader, {}, database.db);

  const ciphertext = await sealedTo(lia, await makeReader(), "junk");
  let left = junk;
  async function flood() {
    while (left > 0) {
      left -= 1;
      const proof = await proofFor(`write:${lia.therapist}`);
      const tokenHash = String(left).padStart(43, "x");
      const letter = { therapist: lia.slug, tokenHash, ciphertext, proof };
      expect(await sendEnquiry(letter, new Date(), database.db)).toBe("sent");
    }
  }
  await Promise.all(Array.from({ length: atOnce }, flood));
  const crowded = await database.sql`select 1 from enquiries
    where therapist_id = ${lia.therapist} and expires_on = ${letterEnd(today)}::date`;
  expect(crowded.length).toBeLessThanOrEqual(mostLettersADay + atOnce);
  expect(await write(lia, reader, { body: "A real one." }, database.db)).toBe("sent");

  const rows = await database.sql<{ tokenHash: string; ciphertext: string; day: string }[]>`
    select token_hash as "tokenHash", ciphertext, expires_on as day from enquiries
    where therapist_id = ${lia.therapist}`;
  const ofToday = rows.filter(({ day }) => day === letterEnd(today));
  expect(ofToday).toHaveLength(mostLettersADay);
  const real = ofToday.filter(({ tokenHash }) => tokenHash === reader.tokenHash);
  const opened = await openEnquiry(real[0]?.ciphertext ?? "", [lia.key.identity], lia);
  expect(opened).toMatchObject({ ok: true, body: "A real one." });
  expect(rows.filter(({ ciphertext }) => ciphertext === "earlier")).toHaveLength(5);
  const ofUma = await database.sql`select 1 from enquiries where therapist_id = ${uma.therapist}`;
  expect(ofUma).toHaveLength(1);
});
