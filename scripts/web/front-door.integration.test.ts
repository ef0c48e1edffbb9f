import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { answerRequests } from "./answer-requests.ts";
import { bodyLimiter } from "./limit-body.ts";
import { openServer } from "./open-server.ts";

const small = { bytes: 1_000, ms: 300, atOnce: 2 };
const bodies = { letter: small, form: small, upload: { ...small, bytes: 10_000 } };
const hosts = { reader: "http://directory.example", staff: "http://staff.example" };

/** A route that reads what it is sent, and says what it was asked. */
async function readingRoute(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let bytes = 0;
  for await (const piece of request) bytes += piece.length;
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, bytes, cookie: headers.cookie ?? null }));
}

async function ignoringRoute(_: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = 405;
  response.end();
}

const servers: Server[] = [];
const sockets: Socket[] = [];
let asked = 0;

afterEach(async () => {
  asked = 0;
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await once(server.close(), "close");
  }
});

type Options = Parameters<typeof openServer>[0] & {
  route?: typeof readingRoute;
  twoHosts?: boolean;
};

async function open({ route = readingRoute, twoHosts = false, ...limits }: Options = {}) {
  const server = openServer(limits);
  const room = bodyLimiter(bodies);
  const options = { keepPages: false, hosts: twoHosts ? hosts : null, room };
  server.on("request", answerRequests(route, options));
  server.on("request", () => {
    asked += 1;
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/** Resolves when the server of the test holds so many lines. */
const linesHeld = (count: number) =>
  vi.waitFor(async () => {
    const held = await new Promise((resolve) =>
      servers.at(-1)?.getConnections((_, found) => resolve(found)),
    );
    expect(held).toBe(count);
  });

/** A line of our own, on which nothing is put right. */
function line(port: number) {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  let heard = "";
  socket.on("data", (piece) => {
    heard += piece;
  });
  socket.on("error", () => {});
  const answered = async () => {
    while (!heard.includes("\r\n\r\n")) {
      if (socket.closed) break;
      await Promise.race([once(socket, "data"), once(socket, "close")]);
    }
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0), text: heard };
  };
  return { socket, say: (text: string) => socket.write(text), answered };
}

const post = (headers: string, path = "/") =>
  `POST ${path} HTTP/1.1\r\nHost: directory.example\r\n${headers}\r\n\r\n`;
const piece = (size: number) => `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`;

function expectWhole({ text }: { text: string }): void {
  expect(text).toMatch(/Content-Security-Policy: default-src 'none'/i);
  expect(text).toMatch(/X-Content-Type-Options: nosniff/i);
  expect(text).toMatch(/Cache-Control: no-store/i);
  expect(text).toMatch(/Content-Type: text\/plain/i);
  expect(text.split("\r\n\r\n")[1]?.trim()).not.toBe("");
}

test("what was never measured ahead is measured as it comes: 413, and the rest is dropped", async () => {
  const { say, answered } = line(await open());
  say(post("Transfer-Encoding: chunked"));
  for (let sent = 0; sent < 4; sent += 1) say(piece(400));
  const answer = await answered();
  expect(answer.status).toBe(413);
  expectWhole(answer);
});

test("exactly as much as is taken comes through, and what staff may send is more", async () => {
  const port = await open();
  for (const [path, size] of [
    ["/", 1_000],
    ["/account", 9_000],
  ] as const) {
    const { say, answered } = line(port);
    say(`${post("Transfer-Encoding: chunked", path)}${piece(size)}0\r\n\r\n`);
    const { status, text } = await answered();
    expect(status).toBe(200);
    expect(text).toContain(`"bytes":${size}`);
  }
});

test.each([
  ["a body that trickles", post("Content-Length: 500")],
  ["a body that never begins", post("Transfer-Encoding: chunked")],
])("%s is answered 408 when its time is over", async (_, words) => {
  const { socket, say, answered } = line(await open());
  say(words);
  const drip = setInterval(() => socket.writable && say(words.includes("chunked") ? "" : "x"), 50);
  const answer = await answered();
  clearInterval(drip);
  expect(answer.status).toBe(408);
  expectWhole(answer);
});

test("headers that trickle are answered 408, and no route hears of them", async () => {
  const { say, answered } = line(await open({ headersMs: 300 }));
  say("GET / HTTP/1.1\r\nHost: directory.example\r\nX-Slow: ");
  const answer = await answered();
  expect(answer.status).toBe(408);
  expectWhole(answer);
});

test.each([
  ["one huge header", `X-Huge: ${"x".repeat(140_000)}`, 431],
  [
    "many headers",
    Array.from({ length: 12_000 }, (_, at) => `X-${at}: abcdefgh`).join("\r\n"),
    431,
  ],
  ["two lengths", "Content-Length: 1\r\nContent-Length: 2", 400],
  ["a length and pieces", "Content-Length: 1\r\nTransfer-Encoding: chunked", 400],
  ["an unknown coding", "Transfer-Encoding: gzip", 400],
  ["an expectation", "Expect: a-miracle", 417],
  ["a header with a NUL", "X-Nul: a\0b", 400],
])("%s", async (_, headers, status) => {
  const { say, answered } = line(await open());
  say(post(headers));
  const answer = await answered();
  expect(answer.status).toBe(status);
  expectWhole(answer);
});

test.each([
  ["no host", "GET / HTTP/1.1\r\n\r\n"],
  ["no host, the old way", "GET / HTTP/1.0\r\n\r\n"],
  ["a wish to have it all said back", "TRACE / HTTP/1.1\r\nHost: directory.example\r\n\r\n"],
  ["no HTTP", "\x16\x03\x01\x02\x00\x01\r\n\r\n"],
  ["no path", "GET x HTTP/1.1\r\nHost: directory.example\r\n\r\n"],
  ["a path that cannot be read", "GET /%E0%A4%A HTTP/1.1\r\nHost: directory.example\r\n\r\n"],
  ["a path with a NUL", "GET /a%00 HTTP/1.1\r\nHost: directory.example\r\n\r\n"],
  [
    "an address that is too long",
    `GET /${"a".repeat(40_000)} HTTP/1.1\r\nHost: directory.example\r\n\r\n`,
  ],
])("%s is a 400 in words", async (_, words) => {
  const { say, answered } = line(await open());
  say(words);
  const answer = await answered();
  expect(answer.status).toBe(400);
  expectWhole(answer);
});

test("a route that reads nothing answers at once, whatever is still on its way", async () => {
  const { say, answered } = line(await open({ route: ignoringRoute }));
  say(post("Content-Length: 900000000"));
  const answer = await answered();
  expect(answer.status).toBe(405);
  expect(answer.text).toMatch(/X-Frame-Options: DENY/i);
});

test("what a route throws is a 500 in words, and none of them its own", async () => {
  const route = async () => {
    throw new Error("a secret");
  };
  const { say, answered } = line(await open({ route }));
  say("GET / HTTP/1.1\r\nHost: directory.example\r\n\r\n");
  const answer = await answered();
  expect(answer.status).toBe(500);
  expectWhole(answer);
  expect(answer.text).not.toContain("secret");
});

test("of those who send, so many at a time; whoever only looks is served", async () => {
  const port = await open();
  const senders = [line(port), line(port)];
  for (const { say } of senders) say(post("Content-Length: 10"));
  await vi.waitFor(() => expect(asked).toBe(2));
  const third = line(port);
  third.say(post("Content-Length: 10"));
  const refused = await third.answered();
  expect(refused.status).toBe(503);
  expect(refused.text).toMatch(/Retry-After: 2/i);
  expectWhole(refused);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  for (const { say } of senders) say("0123456789");
  for (const { answered } of senders) expect((await answered()).status).toBe(200);
  const later = line(port);
  later.say(`${post("Content-Length: 2")}ab`);
  expect((await later.answered()).status).toBe(200);
});

test("one line too many is told to come back, and there is room again when one is gone", async () => {
  const port = await open({ connections: 3 });
  // They have begun to ask, so they are not idle.
  const lines = [line(port), line(port), line(port)];
  for (const { say } of lines) say("GET / HTTP/1.1\r\nHost: ");
  await linesHeld(3);
  const fourth = line(port);
  fourth.say("GET / HTTP/1.1\r\nHost: directory.example\r\n\r\n");
  const refused = await fourth.answered();
  expect(refused.status).toBe(503);
  expectWhole(refused);
  fourth.socket.destroy();
  lines[0]?.socket.destroy();
  await linesHeld(2);
  const fifth = line(port);
  fifth.say("GET / HTTP/1.1\r\nHost: directory.example\r\n\r\n");
  expect((await fifth.answered()).status).toBe(200);
});

test("whoever holds a line and asks nothing makes room", async () => {
  const port = await open({ connections: 3 });
  const idle = [line(port), line(port), line(port)];
  for (const { say } of idle) say("GET / HTTP/1.1\r\nHost: directory.example\r\n\r\n");
  for (const { answered } of idle) expect((await answered()).status).toBe(200);
  // The first one over may still be told to wait; the line it freed is there for the next.
  const answers: number[] = [];
  for (let tries = 0; tries < 2; tries += 1) {
    const { say, answered, socket } = line(port);
    say("GET / HTTP/1.1\r\nHost: directory.example\r\n\r\n");
    answers.push((await answered()).status);
    socket.destroy();
    await linesHeld(0);
  }
  expect(answers.at(-1)).toBe(200);
});

const ask = async (port: number, host: string, path: string, method = "GET") => {
  const { say, answered } = line(port);
  say(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: a=1\r\nConnection: close\r\n\r\n`);
  const { status, text } = await answered();
  return { status, ...JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "{}") };
};

test.each([
  ["directory.example", "/therapists?a=1", "/therapists?a=1", null],
  ["directory.example", "/account", "/-/account", null],
  ["directory.example", "/es/sign-in?a=1", "/es/-/sign-in?a=1", null],
  ["directory.example", "/photos/1/2.webp", "/photos/1/2.webp", null],
  ["directory.example", "/therapists/../account", "/-", null],
  ["directory.example", "/therapists/../../account", "/-", null],
  ["directory.example", "/../account", "/-", null],
  ["directory.example", "/therapists/%2e%2e/account", "/-", null],
  ["directory.example", "/therapists/..\\account", "/-", null],
  ["directory.example", "/account/", "/-/account", null],
  ["directory.example", "/-/../account", "/-", null],
  ["directory.example", "//account", "/-", null],
  ["directory.example", "/%61ccount", "/-/%61ccount", null],
  ["staff.example", "/account", "/account", "a=1"],
  ["staff.example", "/therapists", "/-/therapists", "a=1"],
  ["staff.example", "/api/enquiries", "/-/api/enquiries", "a=1"],
  ["staff.example", "/", "/-", "a=1"],
])("at %s, %s is asked for as %s", async (host, path, url, cookie) => {
  const port = await open({ twoHosts: true });
  expect(await ask(port, host, path)).toMatchObject({ status: 200, url, cookie });
});

test("on the other plane every way of asking is a look", async () => {
  const port = await open({ twoHosts: true });
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const answer = await ask(port, "directory.example", "/account", method);
    expect(answer).toMatchObject({ method: "GET", url: "/-/account" });
  }
});

test("a host that is neither gets no page; what looks after the site may ask by any", async () => {
  const port = await open({ twoHosts: true });
  for (const host of [
    "evil.example",
    "127.0.0.1",
    "staff.example.evil.example",
    "staff.example:1",
  ]) {
    expect((await ask(port, host, "/")).status, host).toBe(400);
    expect((await ask(port, host, "/assets/site.css")).status, host).toBe(400);
    expect((await ask(port, host, "/api/health")).status, host).toBe(200);
  }
});
