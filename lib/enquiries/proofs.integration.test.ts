import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import type { Mailbox } from "#lib/letters/mailbox.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import {
  type Inbox,
  makeReader,
  openInbox,
  proofFor,
  sealedTo,
} from "../../tests/support/inbox.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { burnMailbox } from "./burn-mailbox.ts";
import { fetchReplies } from "./fetch-replies.ts";
import { offerProof } from "./offer-proof.ts";
import { letterEnd } from "./rules.ts";
import type { Proof, ProofRequest } from "./schema.ts";
import { sendEnquiry } from "./send-enquiry.ts";
import { spendProof } from "./spend-proof.ts";

const database = testDatabase();
const now = new Date();
const today = todayUtc(now);
const cheap = { iterations: 1, tries: 8 };
let lia: Inbox;
let uma: Inbox;
let reader: Mailbox;

accountEnvironment();
beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
  const anHourAgo = new Date(now.getTime() - 3_600_000);
  lia = await openInbox(database, "lia-listed", anHourAgo);
  uma = await openInbox(database, "uma-unconfirmed", anHourAgo);
  reader = await makeReader();
});
beforeEach(() => database.sql`truncate enquiries, spent_proofs`);

async function offered(asked: ProofRequest, when = now) {
  const offer = await offerProof(asked, { now: when, work: cheap }, database.db);
  if (offer === null) throw new Error("nothing was offered");
  return offer;
}

/** As a browser solves it. */
async function solved(asked: ProofRequest, when = now): Promise<Proof> {
  const { challenge } = await offered(asked, when);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("it was not solved");
  return { challenge, solution };
}

const toWrite = () => ({ purpose: "write", therapist: lia.slug }) as const;

async function send(proof: Proof, inbox = lia) {
  const ciphertext = await sealedTo(inbox, reader, "Hello.");
  const letter = { therapist: inbox.slug, tokenHash: reader.tokenHash, ciphertext, proof };
  return sendEnquiry(letter, now, database.db);
}

async function look(proof: Proof) {
  const given = await fetchReplies({ token: reader.token, proof }, now, database.db);
  return "problem" in given ? given.problem : "taken";
}

const burn = async (proof: Proof) =>
  (await burnMailbox({ token: reader.token, proof }, now, database.db)) ?? "taken";

const count = async () => (await database.sql`select * from enquiries`).length;

describe("a proof", () => {
  test("that was worked for is taken, for each purpose", async () => {
    expect(await send(await solved(toWrite()))).toBe("sent");
    expect(await look(await solved({ purpose: "fetch" }))).toBe("taken");
    expect(await burn(await solved({ purpose: "burn" }))).toBe("taken");
    const { challenge } = await offered({ purpose: "report", therapist: lia.slug });
    expect(challenge.parameters.data.purpose).toBe(`report:${lia.therapist}`);
  });

  test("comes with the key to seal to, and with how much work it is at most", async () => {
    const { key, most, challenge } = await offered(toWrite());
    expect(key).toEqual({
      therapist: lia.therapist,
      recipient: lia.key.recipient,
      fingerprint: expect.stringMatching(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/),
    });
    const solution = await solveChallenge({ challenge, deriveKey });
    expect(solution?.counter).toBeLessThan(most);
    expect(await offered({ purpose: "fetch" })).not.toHaveProperty("key");
  });

  test.each([
    ["write", "nobody-at-all"],
    ["report", "nobody-at-all"],
  ] as const)("to %s to someone whom readers do not see is not offered", async (purpose, slug) => {
    const asked = { purpose, therapist: slug };
    expect(await offerProof(asked, { now, work: cheap }, database.db)).toBeNull();
  });

  test("counts once, also when 20 hand it in at the same moment", async () => {
    const proof = await solved(toWrite());
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send(proof)));
    expect(outcomes.toSorted()).toEqual([...Array(19).fill("proof-spent"), "sent"]);
    expect(await count()).toBe(1);
    expect(await send(proof)).toBe("proof-spent");
  });

  test("counts for what it was asked for, and for nothing else", async () => {
    const proofs = {
      lia: await solved(toWrite()),
      uma: await solved({ purpose: "write", therapist: uma.slug }),
      report: await solved({ purpose: "report", therapist: lia.slug }),
      fetch: await solved({ purpose: "fetch" }),
      burn: await solved({ purpose: "burn" }),
    };
    const { lia: own, ...others } = proofs;
    for (const proof of Object.values(others)) expect(await send(proof)).toBe("proof-refused");
    for (const { challenge, solution } of [own, proofs.uma, proofs.report, proofs.burn]) {
      expect(await look({ challenge, solution })).toBe("proof-refused");
    }
    expect(await burn(proofs.fetch)).toBe("proof-refused");
    expect(await count()).toBe(0);
    // Refused is not spent.
    expect(await send(own)).toBe("sent");
    expect(await send(proofs.uma, uma)).toBe("sent");
    expect(await look(proofs.fetch)).toBe("taken");
  });

  test("counts for 20 minutes, by either clock", async () => {
    const old = new Date(now.getTime() - 20 * 60_000 - 2000);
    expect(await send(await solved(toWrite(), old))).toBe("proof-expired");
    const young = new Date(now.getTime() - 19 * 60_000);
    expect(await send(await solved(toWrite(), young))).toBe("sent");
    const asked = { purpose: "fetch", now: new Date(now.getTime() + 21 * 60_000) } as const;
    expect(await spendProof(await proofFor("fetch"), asked, database.db)).toBe("proof-expired");
  });

  test("is refused when any part of it was changed", async () => {
    const proof = await solved({ purpose: "fetch" });
    const places = ["nonce", "salt", "keyPrefix", "keySignature"] as const;
    const digit = fc.constantFrom(..."0123456789abcdef");
    const changed = fc.oneof(
      fc.tuple(fc.constantFrom(...places), fc.nat(31), digit).map(([name, at, to]) => {
        const copy = structuredClone(proof);
        copy.challenge.parameters[name] = withDigit(copy.challenge.parameters[name], at, to);
        return copy;
      }),
      fc.tuple(fc.nat(63), digit).map(([at, to]) => {
        const copy = structuredClone(proof);
        copy.challenge.signature = withDigit(copy.challenge.signature, at, to);
        return copy;
      }),
      fc.tuple(fc.nat(63), digit).map(([at, to]) => {
        const copy = structuredClone(proof);
        copy.solution.derivedKey = withDigit(copy.solution.derivedKey, at, to);
        return copy;
      }),
      fc.integer({ min: 1, max: 1e9 }).map((more) => {
        const copy = structuredClone(proof);
        copy.challenge.parameters.expiresAt += more;
        return copy;
      }),
      fc.constantFrom(0, 2, 5000).map((cost) => {
        const copy = structuredClone(proof);
        copy.challenge.parameters.cost = cost;
        return copy;
      }),
    );
    await fc.assert(
      fc.asyncProperty(changed, async (other) => {
        fc.pre(JSON.stringify(other) !== JSON.stringify(proof));
        const asked = { purpose: "fetch", now } as const;
        expect(await spendProof(other, asked, database.db)).toBe("proof-refused");
      }),
      { numRuns: 200 },
    );
    expect(await look(proof)).toBe("taken");
  });

  test("of a site with another key is refused", async () => {
    const proof = await proofFor("fetch");
    vi.stubEnv("MASTER_KEY", Buffer.alloc(32, 8).toString("base64"));
    vi.resetModules();
    const elsewhere = await import("./spend-proof.ts");
    const asked = { purpose: "fetch", now } as const;
    expect(await elsewhere.spendProof(proof, asked, database.db)).toBe("proof-refused");
    // The same site, once its master key was changed.
    vi.stubEnv("MASTER_KEY_BEFORE", Buffer.alloc(32, 7).toString("base64"));
    expect(await elsewhere.spendProof(proof, asked, database.db)).toBeNull();
    vi.unstubAllEnvs();
  });
});

test("without a master key none is offered or taken", async () => {
  const proof = await proofFor("fetch");
  vi.stubEnv("MASTER_KEY", "");
  vi.resetModules();
  const [offer, spend] = [await import("./offer-proof.ts"), await import("./spend-proof.ts")];
  const asked = { purpose: "fetch", now } as const;
  await expect(offer.offerProof({ purpose: "fetch" }, { now }, database.db)).rejects.toThrow(
    "MASTER_KEY is not set",
  );
  await expect(spend.spendProof(proof, asked, database.db)).rejects.toThrow("MASTER_KEY");
  vi.unstubAllEnvs();
});

test("the fuller an inbox is today, the more work is a letter to it, and nothing else", async () => {
  const averages: number[] = [];
  for (const letters of [0, 20, 40, 60, 80, 100]) {
    await database.sql`truncate enquiries`;
    await database.sql`insert into enquiries (token_hash, therapist_id, ciphertext, expires_on)
      select 'x', ${lia.therapist}, 'x', ${letterEnd(today)}::date from generate_series(1, ${letters})`;
    averages.push((await offered(toWrite())).most);
  }
  expect(averages).toEqual([11, 21, 41, 81, 161, 161]);
  expect((await offered({ purpose: "write", therapist: uma.slug })).most).toBe(11);
  expect((await offered({ purpose: "report", therapist: lia.slug })).most).toBe(11);
  const tomorrow = new Date(now.getTime() + 86_400_000);
  expect((await offered(toWrite(), tomorrow)).most).toBe(11);
});

function withDigit(text: string, at: number, digit: string): string {
  return text.slice(0, at) + digit + text.slice(at + 1);
}
