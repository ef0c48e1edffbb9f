import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { primaryConnection } from "#db/client.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { sendReply } from "#lib/enquiries/send-reply.ts";
import { openReply } from "#lib/letters/letter.ts";
import type { Mailbox } from "#lib/letters/mailbox.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import {
  type Inbox,
  makeReader,
  openInbox,
  proofFor,
  sealedAnswer,
  sealedTo,
} from "../../../tests/support/inbox.ts";
import { accountEnvironment } from "../../../tests/support/test-accounts.ts";
import { testDatabase } from "../../../tests/support/test-database.ts";

const database = testDatabase();
const origin = "https://directory.example";
const shared = globalThis as { parasolPrimary?: unknown };
let lia: Inbox;
let reader: Mailbox;
let routes: Record<Path, Route>;

type Method = (request: Request) => Response | Promise<Response>;
type Route = Record<"POST" | (typeof otherMethods)[number], Method>;
const paths = ["", "/challenge", "/fetch", "/burn"] as const;
type Path = (typeof paths)[number];
const otherMethods = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

accountEnvironment();
beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", database.url);
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today: todayUtc() });
  routes = {
    "": await import("./route.ts"),
    "/challenge": await import("./challenge/route.ts"),
    "/fetch": await import("./fetch/route.ts"),
    "/burn": await import("./burn/route.ts"),
  };
  return async () => {
    await primaryConnection().sql.end({ timeout: 1 });
    vi.unstubAllEnvs();
  };
});
beforeEach(async () => {
  await database.sql`truncate enquiries, replies, spent_proofs`;
  lia = await openInbox(database, "lia-listed");
  reader = await makeReader();
});

const ownHeaders = { "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin" };

function request(path: Path, body: BodyInit, headers: Record<string, string> = ownHeaders) {
  return new Request(`${origin}/api/enquiries${path}`, { method: "POST", headers, body });
}

async function post(path: Path, body: object) {
  const response = await routes[path].POST(request(path, JSON.stringify(body)));
  return { status: response.status, json: await response.json() };
}

async function letter() {
  const ciphertext = await sealedTo(lia, reader, "Hello.");
  const proof = await proofFor(`write:${lia.therapist}`);
  return { therapist: lia.slug, tokenHash: reader.tokenHash, ciphertext, proof };
}

async function leaveAnswer() {
  await post("", await letter());
  const [row] = await database.sql<{ id: string }[]>`select id from enquiries`;
  const ciphertext = await sealedAnswer(lia, reader, "Yes.");
  const reply = { enquiryId: row?.id ?? "", ciphertext };
  await sendReply(lia.actor, reply, new Date(), database.db);
}

describe("what our pages send", () => {
  test("is taken, and a proof is taken once", async () => {
    const { status, json } = await post("/challenge", { purpose: "write", therapist: lia.slug });
    expect(status).toBe(200);
    expect(Object.keys(json).toSorted()).toEqual(["challenge", "key", "most"]);
    expect(Object.keys(json.key).toSorted()).toEqual(["fingerprint", "recipient", "therapist"]);
    const sent = await letter();
    expect(await post("", sent)).toEqual({ status: 201, json: {} });
    expect(await post("", sent)).toEqual({ status: 409, json: { problem: "proof-spent" } });
    const burn = { token: reader.token, proof: await proofFor("burn") };
    expect(await post("/burn", burn)).toEqual({ status: 200, json: {} });
    expect(await database.sql`select * from enquiries`).toHaveLength(0);
  });

  test("is refused by name", async () => {
    const sent = await letter();
    const nobody = { purpose: "write", therapist: "nobody-at-all" };
    expect(await post("/challenge", nobody)).toEqual({ status: 404, json: { problem: "no-key" } });
    const plain = { ...sent, ciphertext: "SGVsbG8=" };
    expect(await post("", plain)).toEqual({ status: 422, json: { problem: "not-sealed" } });
    const fetched = { token: reader.token, proof: await proofFor("burn") };
    expect(await post("/fetch", fetched)).toEqual({
      status: 422,
      json: { problem: "proof-refused" },
    });
    const old = await proofFor("burn", new Date(Date.now() - 3_600_000));
    expect(await post("/burn", { token: reader.token, proof: old })).toEqual({
      status: 409,
      json: { problem: "proof-expired" },
    });
  });
});

test("a mailbox with answers and one that never was answer alike in all but what opens", async () => {
  await leaveAnswer();
  const nobody = await makeReader();
  const answers = await Promise.all(
    [reader, nobody].map(async ({ token }) => {
      const body = JSON.stringify({ token, proof: await proofFor("fetch") });
      const response = await routes["/fetch"].POST(request("/fetch", body));
      const text = await response.text();
      return { status: response.status, headers: [...response.headers], bytes: text.length, text };
    }),
  );
  const [hit, miss] = answers.map(({ text: _, ...outside }) => outside);
  expect(hit).toEqual(miss);
  const opened = async (text: string, mailbox: Mailbox) => {
    const { slots } = JSON.parse(text) as { slots: string[] };
    const read = await Promise.all(slots.map((slot) => openReply(slot, mailbox)));
    return read.filter(({ ok }) => ok).length;
  };
  expect(await opened(answers[0]?.text ?? "", reader)).toBe(1);
  expect(await opened(answers[1]?.text ?? "", nobody)).toBe(0);
});

describe.each(paths)("POST /api/enquiries%s", (path) => {
  const problemOf = async (sent: Request) => {
    const response = await routes[path].POST(sent);
    return [response.status, await response.json()];
  };

  test("sets no cookie and is kept nowhere, whatever it answers", async () => {
    for (const body of ["{}", "no json"]) {
      const { headers } = await routes[path].POST(request(path, body));
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("etag")).toBeNull();
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-type")).toBe("application/json");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test.each([
    [{ "Sec-Fetch-Site": "cross-site" }],
    [{ "Sec-Fetch-Site": "same-site", Origin: origin }],
    [{ "Sec-Fetch-Site": "none" }],
    [{ Origin: "https://elsewhere.example" }],
    [{ Origin: "null" }],
    [{}],
  ])("from %o is refused", async (headers) => {
    const sent = request(path, "{}", { "Content-Type": "application/json", ...headers });
    expect(await problemOf(sent)).toEqual([403, { problem: "elsewhere" }]);
  });

  test.each([
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["multipart/form-data; boundary=x"],
    ["application/jsonx"],
  ])("as %s is refused", async (type) => {
    const sent = request(path, "{}", { ...ownHeaders, "Content-Type": type });
    expect(await problemOf(sent)).toEqual([400, { problem: "malformed" }]);
  });

  test("larger than it can be is refused while it is read", async () => {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1000;
        controller.enqueue(new Uint8Array(1000).fill(32));
      },
    });
    const sent = new Request(`${origin}/api/enquiries${path}`, {
      method: "POST",
      headers: ownHeaders,
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(await problemOf(sent)).toEqual([413, { problem: "too-large" }]);
    expect(given).toBeLessThan(60_000);
  });

  test("with whatever else is refused, and never a fault of ours", async () => {
    const logged = vi.spyOn(console, "error");
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 900 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom("", "null", "[]", `{"__proto__":{"x":1}}`, "[".repeat(900), `"\\ud800"`),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const [status, json] = await problemOf(request(path, sent as BodyInit));
        expect([status, json]).toEqual(
          status === 413 ? [413, { problem: "too-large" }] : [400, { problem: "malformed" }],
        );
      }),
      { numRuns: 300 },
    );
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  test.each(otherMethods)("%s is no way to it", async (method) => {
    const sent = new Request(`${origin}/api/enquiries${path}`, { method });
    const response = await routes[path][method](sent);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("while something is away", () => {
  let whole: unknown;
  beforeEach(() => {
    whole = shared.parasolPrimary;
  });
  afterEach(() => {
    shared.parasolPrimary = whole;
    vi.stubEnv("DATABASE_URL", database.url);
    vi.stubEnv("MASTER_KEY", Buffer.alloc(32, 7).toString("base64"));
  });

  test("the database: it says so, and the log has no word of it", async () => {
    const sent = {
      "": await letter(),
      "/challenge": { purpose: "write", therapist: lia.slug },
      "/fetch": { token: reader.token, proof: await proofFor("fetch") },
      "/burn": { token: reader.token, proof: await proofFor("burn") },
    };
    delete shared.parasolPrimary;
    vi.stubEnv("DATABASE_URL", "postgres://nobody:x@127.0.0.1:9/none");
    const logged = vi.spyOn(console, "error");
    for (const path of paths) {
      expect(await post(path, sent[path])).toEqual({ status: 503, json: { problem: "away" } });
    }
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });
});
