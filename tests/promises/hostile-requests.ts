import fc from "fast-check";
import type { Dispatcher } from "undici";
import { naughty } from "./naughty.ts";

export const askers = ["nobody", "therapist", "moderator"] as const;
export type Asker = (typeof askers)[number];

export type Hostile = {
  as: Asker;
  method: Dispatcher.HttpMethod;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
};

/** What is known of the site: addresses, and the fields of its forms with values they take. */
export type Known = { origin: string; paths: readonly string[]; fields: Fields };
export type Fields = Readonly<Record<string, readonly string[]>>;

type Body = { type: string; bytes: Buffer };

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...naughty) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.uuid() },
);
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const types = [
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  `multipart/form-data; boundary="${"b".repeat(200)}"`,
  "application/json",
  "application/json; charset=utf-7",
  "text/plain;charset=UTF-8",
  "text/x-component",
  "application/octet-stream",
  "application/x-www-form-urlencoded; charset=utf-16",
  "",
  "*",
  "multipart/mixed; boundary=x",
];

/** Requests that nobody of good will sends, to every route by every method. */
export function hostileRequests(known: Known): fc.Arbitrary<Hostile> {
  return fc
    .record({
      as: fc.constantFrom(...askers),
      method: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom("POST" as const) },
        { weight: 2, arbitrary: fc.constantFrom("GET" as const) },
        { weight: 2, arbitrary: fc.constantFrom(...methods) },
      ),
      path: pathTo(known),
      headers: headersFor(known),
      body: fc.option(bodyFor(known.fields), { freq: 8 }),
    })
    .map(toRequest);
}

function toRequest({
  body,
  headers,
  ...request
}: Omit<Hostile, "body"> & { body: Body | null }): Hostile {
  // Whether something may stand in a header at all is tried on a line of its own.
  const safe = Object.entries(headers).map(
    ([name, text]) => [name, text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?")] as const,
  );
  const takesNone = request.method === "GET" || request.method === "HEAD";
  if (body === null || takesNone) {
    return { ...request, headers: Object.fromEntries(safe), body: null };
  }
  const all = [...safe, ...(body.type ? [["content-type", body.type] as const] : [])];
  return { ...request, headers: Object.fromEntries(all), body: body.bytes };
}

function pathTo({ paths, fields }: Known): fc.Arbitrary<string> {
  const known = fc.constantFrom(...paths);
  const segment = value.map((text) => encode(text.slice(0, 2_000)));
  const names = fc.oneof(fc.constantFrom(...Object.keys(fields), "s", "t", "to"), value);
  const pairs = fc.array(fc.tuple(names, value), { minLength: 1, maxLength: 4 });
  const query = pairs.map((all) => all.map((pair) => pair.map(encode).join("=")).join("&"));
  return fc
    .oneof(
      { weight: 5, arbitrary: known },
      {
        weight: 3,
        arbitrary: fc
          .tuple(known, query)
          .map(([path, asked]) => `${path}${path.includes("?") ? "&" : "?"}${asked}`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(known, segment, fc.nat(6))
          .map(([path, text, at]) => replaceSegment(path, text, at)),
      },
      {
        weight: 1,
        arbitrary: fc.array(segment, { maxLength: 4 }).map((all) => `/${all.join("/")}`),
      },
    )
    .map((path) => path.slice(0, 30_000));
}

function replaceSegment(path: string, text: string, at: number): string {
  const parts = path.split("/");
  parts[1 + (at % Math.max(1, parts.length - 1))] = text;
  return parts.join("/");
}

/** Some are left as they are, when an address can hold them: not all clients encode. */
function encode(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && !/["<>#?&/\\^`{|}]/.test(text)) return text;
  return encodeURIComponent(text.toWellFormed());
}

function headersFor({ origin }: Known): fc.Arbitrary<Record<string, string>> {
  const own = { origin, "sec-fetch-site": "same-origin" };
  const from = fc.constantFrom<Record<string, string>>(
    own,
    own,
    own,
    own,
    {},
    { origin: "null" },
    {
      origin: "https://elsewhere.example",
      "sec-fetch-site": "cross-site",
    },
  );
  const state = fc.oneof(
    value,
    fc.json().map(encode),
    value.map((text) => encode(JSON.stringify(["", { children: [text, {}] }, null, "refetch"]))),
    fc.constant(encode("[".repeat(2_000))),
  );
  const odd: Record<string, fc.Arbitrary<string>> = {
    rsc: fc.constantFrom("1", "0", "x"),
    "next-router-state-tree": state,
    "next-router-prefetch": fc.constantFrom("1", "2"),
    "next-router-segment-prefetch": value.map(encode),
    "next-url": value.map(encode),
    "next-action": fc.oneof(value, fc.constantFrom("0".repeat(42), "7f".repeat(21), "x")),
    "x-action-forwarded": fc.constant("1"),
    "x-middleware-subrequest": fc.constant("middleware:middleware:middleware:middleware"),
    "x-nextjs-data": fc.constant("1"),
    "x-matched-path": fc.constantFrom("/en/account", "/en/moderation"),
    "x-now-route-matches": value,
    "x-forwarded-host": value,
    "x-forwarded-proto": fc.constantFrom("https", "gopher"),
    accept: fc.constantFrom("text/x-component", "application/json", "*/*;q=9"),
    "accept-encoding": fc.constantFrom("br;q=0", "gzip, x", "*", "identity;q=0"),
    "accept-language": value,
    range: fc.constantFrom("bytes=0-0", "bytes=9-1", "x=y"),
    "if-none-match": fc.constant("*"),
    "if-modified-since": value,
    "content-encoding": fc.constantFrom("gzip", "br", "x"),
    "sec-fetch-dest": fc.constantFrom("iframe", "document", "x"),
  };
  const more = fc
    .subarray(Object.keys(odd), { maxLength: 4 })
    .chain((names) => fc.record(pick(odd, names)));
  const some = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: more });
  return fc.tuple(from, some).map(([one, other]) => ({ ...one, ...other }));
}

function pick<T>(all: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function bodyFor(fields: Fields): fc.Arbitrary<Body> {
  const type = fc.constantFrom(...types);
  const filled = filledIn(fields);
  const urlencoded = filled.map((all) => body(types[0], new URLSearchParams(all).toString()));
  return fc.oneof(
    { weight: 8, arbitrary: urlencoded },
    { weight: 3, arbitrary: multipart(filled) },
    { weight: 2, arbitrary: json(fields).map((text) => body("application/json", text)) },
    { weight: 1, arbitrary: action().map((text) => body("text/plain;charset=UTF-8", text)) },
    { weight: 1, arbitrary: fc.tuple(type, bytes).map(([name, raw]) => body(name, raw)) },
    { weight: 1, arbitrary: fc.tuple(type, urlencoded).map(([name, b]) => body(name, b.bytes)) },
    { weight: 1, arbitrary: fc.tuple(type, value).map(([name, text]) => body(name, text)) },
  );
}

/** A form as it is sent: names it knows, mostly with what it does not expect in them. */
function filledIn(fields: Fields): fc.Arbitrary<[string, string][]> {
  const pair = fc.constantFrom(...Object.entries(fields)).chain(([name, values]) => {
    const known = values.length > 0 ? fc.constantFrom(...values) : value;
    return fc.tuple(
      fc.constant(name),
      fc.oneof({ weight: 3, arbitrary: value }, { weight: 2, arbitrary: known }),
    );
  });
  const odd = fc.tuple(
    fc.oneof(value, fc.constantFrom("__proto__", "$ACTION_ID_x", "1_$ACTION_REF_1")),
    value,
  );
  const one = fc.oneof({ weight: 8, arbitrary: pair }, { weight: 1, arbitrary: odd });
  return fc
    .array(one, { maxLength: 9 })
    .map((all) => all.map(([name, text]) => [name.toWellFormed(), text.toWellFormed()]));
}

function multipart(filled: fc.Arbitrary<[string, string][]>): fc.Arbitrary<Body> {
  const type = "multipart/form-data; boundary=xyz";
  const file = fc.tuple(value, fc.constantFrom("image/png", "application/pdf", "x"), bytes);
  return fc
    .tuple(filled, fc.option(file), fc.option(fc.nat(400), { freq: 3 }))
    .map(([all, sent, cut]) => {
      const fields = all.map(([name, text]) => part(`name="${name}"`, text));
      const [name, kind, raw] = sent ?? ["", "", Buffer.alloc(0)];
      const files = sent
        ? [part(`name="file"; filename="${name}"\r\ncontent-type: ${kind}`, raw)]
        : [];
      const whole = Buffer.concat([...fields, ...files, Buffer.from("--xyz--\r\n")]);
      return body(type, cut === null ? whole : whole.subarray(0, cut));
    });
}

function part(head: string, content: string | Buffer): Buffer {
  const start = `--xyz\r\ncontent-disposition: form-data; ${head}\r\n\r\n`;
  return Buffer.concat([Buffer.from(start), Buffer.from(content), Buffer.from("\r\n")]);
}

function json(fields: Fields): fc.Arbitrary<string> {
  const names = [...Object.keys(fields), "purpose", "therapist", "token", "proof", "ciphertext"];
  const inner = fc.oneof(value, fc.jsonValue(), fc.constantFrom("write", "fetch", "burn"));
  return fc.oneof(
    fc
      .dictionary(fc.constantFrom(...names, "tokenHash", "__proto__"), inner)
      .map((all) => JSON.stringify(all)),
    fc.json(),
    value,
    fc.constantFrom("[".repeat(30_000), '{"a":'.repeat(5_000), "1e999", '{"a":1,}', "\ufeff{}"),
  );
}

/** What the framework's own actions are sent as: there are none, and it must say so. */
function action(): fc.Arbitrary<string> {
  const reference = fc.constantFrom(
    '["$F1"]',
    '["$@1"]',
    '["$Q1"]',
    '["$B1"]',
    '["$1:__proto__:then"]',
  );
  return fc.oneof(
    reference,
    fc.array(value).map((all) => JSON.stringify(all)),
  );
}

function body(type = "", content: string | Buffer): Body {
  return { type, bytes: Buffer.from(content) };
}
