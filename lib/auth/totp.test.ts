import { TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { offerTotp, openTotpOffer } from "./offer-totp.ts";
import { newTotpSecret, totpAddress, totpStep } from "./totp.ts";

const now = new Date("2026-11-23T12:00:10Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const someone = { personId: "someone", email: "someone@mail.example" };

beforeAll(() => {
  process.env.MASTER_KEY = Buffer.alloc(32, 7).toString("base64");
});

describe("a code", () => {
  // RFC 6238, appendix B, cut to six digits.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  test.each([
    [59, "287082"],
    [1111111109, "081804"],
    [20000000000, "353130"],
  ])("at second %i is %s", (second, code) => {
    expect(totpStep(secret, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
  });

  test.each([
    [-60, false],
    [-30, true],
    [0, true],
    [30, true],
    [60, false],
  ])("is taken from a clock %i seconds off: %s", (off, taken) => {
    const code = new TOTP({ secret }).generate({ timestamp: later(off).getTime() });
    expect(totpStep(secret, code, now) !== null).toBe(taken);
  });
});

test("an app reads from its address all it needs", () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const address = new URL(totpAddress(secret, someone.email));
  expect(address.protocol).toBe("otpauth:");
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret, issuer: "Parasol" });
});

describe("an offer", () => {
  const offer = () => offerTotp(someone, now);

  test("comes back from the page that showed it, for half an hour", () => {
    const made = offer();
    expect(openTotpOffer(someone, made.sealed, later(1799))).toEqual(made);
    expect(openTotpOffer(someone, made.sealed, later(1801))).toBeNull();
  });

  test("is nobody else's, and nothing else opens as one", () => {
    expect(openTotpOffer({ ...someone, personId: "other" }, offer().sealed, now)).toBeNull();
    expect(openTotpOffer(someone, `${offer().sealed.slice(0, -2)}AA`, now)).toBeNull();
    expect(openTotpOffer(someone, "", now)).toBeNull();
  });
});
