import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClaimType, claimTypes, openCheckStates } from "#db/vocabulary.ts";
import {
  addDays,
  defaultCadence as cadence,
  daysFor,
  nextCheckFor,
  validUntilFor,
} from "#lib/vetting/rules.ts";
import { trackOf } from "../../tests/support/track-of.ts";
import { dueDay, dueLooks, type Look, type Rhythm, type Watched } from "./rules.ts";

const today = "2026-11-23";
const inDays = (days: number) => addDays(today, days);

/** A yes of 300 days ago that ends on a day. */
function look(claimType: ClaimType, endsOn: string | null, given: Partial<Look> = {}): Look {
  return {
    id: `${claimType}-1`,
    track: trackOf[claimType],
    claimType,
    credentialId: claimType === "credential" ? "a licence" : null,
    trainingId: claimType === "training" ? "a training" : null,
    jurisdiction: null,
    claim: {},
    claimVersion: 1,
    state: "verified",
    checkedOn: inDays(-300),
    validUntil: endsOn,
    expiresOn: null,
    nextCheckOn: null,
    claimEndsOn: null,
    inQueue: true,
    keptOn: null,
    ...given,
  };
}
const open = (of: Look, given: Partial<Look> = {}) =>
  look(of.claimType, null, { id: "open", state: "attested", checkedOn: null, ...given });

/** Nothing of theirs is due. */
const swept = [look("discipline", inDays(90)), look("exclusion", inDays(30))];
const therapist: Watched = { listingState: "listed", name: "Quill", inUs: true };
const rhythm = { today, cadence, listIsRead: false };
const due = (looks: readonly Look[], who: Partial<Watched> = {}, more: Partial<Rhythm> = {}) => {
  const others = swept.filter(
    ({ claimType }) => !looks.some((given) => given.claimType === claimType),
  );
  return dueLooks({ ...therapist, ...who }, [...looks, ...others], { ...rhythm, ...more }).map(
    ({ kind, endsOn, about, begun }) => ({ kind, endsOn, claim: about.claimType, begun }),
  );
};

const urgent: readonly ClaimType[] = ["identity", "credential"];

describe.each(claimTypes)("%s", (claimType) => {
  const ahead = cadence.ahead[claimType];
  const carries = urgent.includes(claimType);

  test.each([
    ["before its time", ahead + 1, null],
    ["on the first day", ahead, carries ? "expiring" : "recheck"],
    ["on its last day", 0, carries ? "expiring" : "recheck"],
    ["after its end, still listed", -1, "recheck"],
    ["long after its end", -400, "recheck"],
  ])("%s: ends in %i days", (_, days, kind) => {
    // A look that was itself made before its end came near.
    const given = look(claimType, inDays(days), { checkedOn: inDays(days - ahead - 1) });
    const expected = kind ? [{ kind, endsOn: inDays(days), claim: claimType, begun: null }] : [];
    expect(due([given])).toEqual(expected);
    expect(due([given], { listingState: "paused" })).toEqual(
      expected.map((one) => ({ ...one, kind: "recheck" })),
    );
  });

  test.each(openCheckStates)("is not due while a look is %s", (state) => {
    const given = look(claimType, inDays(-1));
    expect(due([given, open(given, { state })])).toEqual([]);
  });

  test("is due on the day that a moderator named, if that is sooner", () => {
    const named = (days: number) => look(claimType, inDays(200), { nextCheckOn: inDays(days) });
    expect(due([named(1)])).toEqual([]);
    expect(due([named(0)])).toMatchObject([{ kind: "recheck", claim: claimType }]);
  });

  test("looked at shortly before its end, is looked at again on the last day and once more after", () => {
    const end = inDays(5);
    const given = look(claimType, end, { checkedOn: inDays(0) });
    expect(dueDay(given, cadence)).toBe(end);
    expect(dueDay({ ...given, checkedOn: end }, cadence)).toBe(addDays(end, 1));
    expect(dueDay({ ...given, checkedOn: addDays(end, 1) }, cadence)).toBeNull();
  });

  test("ends with the claim itself, where that is sooner than the look", () => {
    const given = look(claimType, inDays(300), { claimEndsOn: inDays(3) });
    expect(due([given])).toMatchObject([{ endsOn: inDays(3), claim: claimType }]);
  });

  test("whose look was begun and lies in no case comes back into the queue", () => {
    const given = look(claimType, inDays(-1));
    const stray = open(given, { inQueue: false });
    expect(due([given, stray])).toEqual([
      { kind: "recheck", endsOn: null, claim: claimType, begun: "open" },
    ]);
  });

  test("the newest look counts, whatever order they come in", () => {
    const old = look(claimType, inDays(-5), { id: "old", checkedOn: inDays(-400) });
    const recent = look(claimType, inDays(200), { id: "recent", checkedOn: inDays(-10) });
    expect(due([old, recent])).toEqual([]);
    expect(due([recent, old])).toEqual([]);
  });

  test("a look that was no yes is repeated when it was said to be, or as a sweep", () => {
    const no = (given: Partial<Look>) =>
      look(claimType, null, { state: "unable-to-verify", checkedOn: inDays(-30), ...given });
    const sweep = claimType === "exclusion";
    expect(due([no({})])).toHaveLength(sweep ? 1 : 0);
    expect(due([no({ nextCheckOn: today })])).toHaveLength(1);
    const quarter = claimType === "discipline" || sweep;
    expect(due([no({ checkedOn: inDays(-78) })])).toHaveLength(quarter ? 1 : 0);
  });

  test("done in time, is due again and again, once each time", () => {
    const every = daysFor(claimType, cadence) - ahead;
    let checkedOn = today;
    let times = 0;
    for (let day = 0; day <= every * 3; day += 1) {
      const validUntil = validUntilFor(claimType, checkedOn, null, cadence);
      const nextCheckOn = nextCheckFor(claimType, checkedOn, validUntil, cadence);
      const given = look(claimType, validUntil, { checkedOn, nextCheckOn });
      if ((dueDay(given, cadence) ?? "9") > inDays(day)) continue;
      times += 1;
      checkedOn = inDays(day);
    }
    expect(times).toBe(3);
  });
});

test("two licences are two claims", () => {
  const ending = look("credential", inDays(20));
  const other = { ...open(ending), credentialId: "another licence" };
  expect(due([ending, other])).toMatchObject([{ kind: "expiring", claim: "credential" }]);
});

test("a certification ends as any training does: no listing rests on it", () => {
  const certification = look("credential", inDays(20), { track: "affirming-practice" });
  expect(due([certification])).toMatchObject([{ kind: "recheck" }]);
});

test("everyone is looked up for discipline, and in the United States for exclusion", () => {
  const none = (who: Partial<Watched>) =>
    dueLooks({ ...therapist, ...who }, [], rhythm).map(({ about }) => about.claimType);
  expect(none({})).toEqual(["discipline", "exclusion"]);
  expect(none({ inUs: false })).toEqual(["discipline"]);
});

describe("a case that ended with everything as it was", () => {
  const kept = (of: Look, days: number) =>
    look(of.claimType, null, { id: "kept", state: "withdrawn", keptOn: inDays(days) });
  const ended = look("insurance", inDays(-3));
  const wait = daysFor("insurance", cadence) - cadence.ahead.insurance;
  const longEnded = look("insurance", inDays(-wait - 5), { checkedOn: inDays(-wait - 300) });

  test.each([
    ["ended, kept today", ended, 0, false],
    ["ended, kept almost as long ago as a look would be", longEnded, -(wait - 1), false],
    ["ended, kept as long ago as a look would be", longEnded, -wait, true],
    ["about to end, kept today", look("insurance", inDays(5)), 0, false],
    ["ends today, kept last week", look("insurance", today), -7, true],
    [
      "a sweep that said no, kept today",
      { ...look("discipline", null), state: "rejected" },
      0,
      false,
    ],
  ] as const)("%s", (_, of, days, comes) => {
    expect(due([of, kept(of, days)]).map(({ claim }) => claim)).toEqual(
      comes ? [of.claimType] : [],
    );
  });

  test("says nothing of what became due only afterwards, or of an older look", () => {
    const again = look("insurance", inDays(-3), { checkedOn: inDays(-300) });
    expect(due([again, kept(again, -250)])).toMatchObject([{ claim: "insurance" }]);
  });

  test("holds for a sweep that nobody ever settled, as long as a look would", () => {
    const days = daysFor("discipline", cadence) - cadence.ahead.discipline;
    const never = { ...look("discipline", null), checkedOn: null };
    const claims = (ago: number) =>
      dueLooks({ ...therapist, inUs: false }, [kept(never, -ago)], rhythm).length;
    expect([claims(0), claims(days - 1), claims(days)]).toEqual([0, 0, 1]);
  });
});

test("where the exclusion list is read, a look begins on the last day alone", () => {
  const read = { listIsRead: true };
  const soon = look("exclusion", inDays(1), { nextCheckOn: inDays(-6) });
  expect(due([soon])).toMatchObject([{ claim: "exclusion" }]);
  expect(due([soon], {}, read)).toEqual([]);
  expect(due([look("exclusion", today)], {}, read)).toMatchObject([{ claim: "exclusion" }]);
  expect(due([look("insurance", inDays(1))], {}, read)).toMatchObject([{ claim: "insurance" }]);
});

test("whatever the dates, a look that is settled today is never due today", () => {
  const day = fc.integer({ min: -1500, max: 1500 }).map(inDays);
  const maybe = fc.option(day);
  fc.assert(
    fc.property(
      fc.constantFrom(...claimTypes),
      fc.record({ validUntil: maybe, expiresOn: maybe, nextCheckOn: maybe, claimEndsOn: maybe }),
      (claimType, dates) => {
        expect(due([look(claimType, null, { ...dates, checkedOn: today })])).toEqual([]);
      },
    ),
  );
});
