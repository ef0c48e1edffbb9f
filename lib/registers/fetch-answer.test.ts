import { describe, expect, test } from "vitest";
import {
  cutsOff,
  fails,
  isSilent,
  neverEnds,
  patience,
  type Reply,
  registerServer,
  says,
  saysJson,
  stalls,
} from "../../tests/support/register-servers.ts";
import { fetchFile, fetchJson, type Manners } from "./fetch-answer.ts";

async function outcome(replies: Reply[], change: Partial<Manners> = {}) {
  const { url, asked } = await registerServer(...replies);
  const { manners, wait, waited } = patience(change);
  const said = await fetchJson(new URL(url), manners, wait).catch((error) => error.message);
  return { said, times: asked.length, waited };
}

test("an answer comes through, and the question says nothing of who asks", async () => {
  let headers = {};
  const { url } = await registerServer((response, request) => {
    headers = request.headers;
    saysJson({ ok: true })(response, request);
  });
  const { manners, wait } = patience();
  expect(await fetchJson(new URL(url), manners, wait)).toEqual({ ok: true });
  expect(headers).toMatchObject({ "user-agent": "register-check/1" });
  expect(Object.keys(headers).sort()).toEqual(["accept", "connection", "host", "user-agent"]);
});

describe("tries again", () => {
  const good = saysJson("at last");

  test.each<[string, Reply[], number[]]>([
    ["after longer and longer pauses", [fails(500), fails(503), good], [500, 1000]],
    ["after the pause it asks for", [fails(429, { "retry-after": "7" }), good], [7000]],
    ["but never at once", [fails(429, { "retry-after": "0" }), good], [500]],
    ["after it hung up", [(response) => response.destroy(), good], [500]],
    ["after it broke off", [cutsOff('{"half'), good], [500]],
  ])("%s", async (_, replies, pauses) => {
    const { said, times, waited } = await outcome(replies);
    expect(said).toBe("at last");
    expect(times).toBe(replies.length);
    expect(waited).toEqual(pauses);
  });

  test("after it was silent", async () => {
    const { said, times } = await outcome([isSilent, good], { timeoutMs: 100 });
    expect([said, times]).toEqual(["at last", 2]);
  });

  test("until a date", async () => {
    const until = new Date(Date.now() + 30_000).toUTCString();
    const { said, waited } = await outcome([fails(503, { "retry-after": until }), good]);
    expect(said).toBe("at last");
    expect(waited).toHaveLength(1);
    expect(waited[0]).toBeGreaterThan(25_000);
    expect(waited[0]).toBeLessThanOrEqual(30_000);
  });
});

describe("gives up, and says why", () => {
  test.each<[string, Reply, number, Partial<Manners>]>([
    ["status 500", fails(500), 3, {}],
    ["status 429", fails(429), 3, {}],
    ["asked-to-wait", fails(429, { "retry-after": "3600" }), 1, {}],
    ["status 404", fails(404), 1, {}],
    ["timeout", isSilent, 2, { timeoutMs: 50, tries: 2 }],
    ["timeout", stalls('{"half'), 2, { timeoutMs: 50, tries: 2 }],
    ["cut-off", cutsOff('{"half'), 3, {}],
    ["malformed JSON", says("<h1>Down for maintenance</h1>"), 1, {}],
    ["malformed JSON", says(""), 1, {}],
    ["too-large", says("1".repeat(2000)), 1, { maxBytes: 1000 }],
    ["too-large", neverEnds("1".repeat(64_000)), 1, {}],
  ])("%s", async (why, reply, times, change) => {
    expect(await outcome([reply], change)).toMatchObject({ said: why, times });
  });

  test("nobody is there", async () => {
    const { manners, wait } = patience();
    // Port 9 is that of a service which nobody runs.
    const asked = fetchJson(new URL("http://127.0.0.1:9/"), manners, wait);
    await expect(asked).rejects.toThrow("no-answer");
  });
});

describe("redirects", () => {
  const to = (location: string): Reply => fails(302, { location });

  test("on the same host are followed", async () => {
    const { said, times } = await outcome([to("/elsewhere"), saysJson("here")]);
    expect([said, times]).toEqual(["here", 2]);
  });

  test("to another host are not, and it hears no name", async () => {
    const other = await registerServer(saysJson("gotcha"));
    const { said } = await outcome([to(`${other.url}?last_name=Canary`)]);
    expect(said).toBe(`redirect ${new URL(other.url).host}`);
    expect(other.asked).toEqual([]);
  });

  test("in a circle come to an end", async () => {
    const { said, times } = await outcome([to("/again")]);
    expect(said).toMatch(/^redirect /);
    expect(times).toBe(4);
  });
});

test("questions keep the distance that the register wants", async () => {
  const { url } = await registerServer(saysJson("ok"));
  const { manners, wait, waited } = patience({ perSecond: 2 });
  await Promise.all([1, 2, 3].map(() => fetchJson(new URL(url), manners, wait)));
  expect(waited).toHaveLength(2);
  expect(waited[0]).toBeGreaterThan(400);
  expect(waited[0]).toBeLessThanOrEqual(500);
  expect(waited[1]).toBeGreaterThan(900);
  expect(waited[1]).toBeLessThanOrEqual(1000);
});

test("a file says what day it is of", async () => {
  const { url } = await registerServer(
    says("a,b", { "last-modified": "Tue, 10 Nov 2026 08:00:00 GMT" }),
    says("a,b", { "last-modified": "lately" }),
    says("a,b"),
  );
  const { manners, wait } = patience();
  const days = [];
  for (let files = 0; files < 3; files += 1) {
    const { asOf, body } = await fetchFile(new URL(url), manners, wait);
    for await (const _ of body) {
      // Read to its end.
    }
    days.push(asOf);
  }
  expect(days).toEqual(["2026-11-10", null, null]);
});
