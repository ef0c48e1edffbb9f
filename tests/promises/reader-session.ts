import { setTimeout as pause } from "node:timers/promises";
import { type Dispatcher, Pool } from "undici";
import { profileOf } from "../e2e/personas.ts";
import { sayRaw } from "./raw-line.ts";

type Asked = {
  path: string;
  method?: Dispatcher.HttpMethod;
  type?: string;
  body?: string;
  headers?: Record<string, string>;
};

/** How often each status came. */
export type Statuses = Map<number, number>;

const profile = profileOf("lia-listed");
const form = "application/x-www-form-urlencoded";
const json = "application/json";

/**
 * Everything that a reader can say to the site, and some of what goes wrong on the way, each time
 * with a word of theirs in every place where a request has room for one.
 */
export async function readerSession(url: string, word: string): Promise<Statuses> {
  const pool = new Pool(url, { connections: 4, headersTimeout: 120_000, bodyTimeout: 120_000 });
  const statuses: Statuses = new Map();
  const count = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const traces = tracesOf(url, word);
  const ask = async ({ path, method = "GET", type, body, headers }: Asked) => {
    const all = { ...traces, ...(type && { "content-type": type }), ...headers };
    try {
      const answer = await pool.request({ path, method, headers: all, body: body ?? null });
      count(answer.statusCode);
      return { text: await answer.body.text(), to: String(answer.headers.location ?? "") };
    } catch (error) {
      throw new Error(`${method} ${path}`, { cause: error });
    }
  };
  try {
    const report = await ask({ path: `${profile}/report` });
    await Promise.all(looks(word).map(ask));
    await Promise.all(sends(url, word).map(ask));
    await search(ask, word);
    for (const status of await sayOddly(url, word, traces)) count(status);
    await sendReport(ask, report.text, word);
  } finally {
    await pool.close();
  }
  return statuses;
}

/** What a browser, or a proxy before us, would tell. */
function tracesOf(url: string, word: string): Record<string, string> {
  return {
    "user-agent": `Mozilla/5.0 (${word})`,
    "x-forwarded-for": `${word}, 2001:db8::1`,
    "x-real-ip": word,
    forwarded: `for="${word}";proto=http`,
    referer: `${url}/therapists?q=${word}`,
    "accept-language": `en-x-${word}, es;q=0.5`,
    cookie: `${word}=${word}; NEXT_LOCALE=${word}`,
    "x-request-id": word,
    traceparent: `00-${word}`,
  };
}

function looks(word: string): Asked[] {
  const paths = [
    `/?q=${word}`,
    `/therapists?q=${word}&region=US-CA&modality=${word}`,
    `/es/therapists?where=${word}&sort=${word}&page=${word}`,
    `/therapists?s=${word}`,
    `/therapists/${word}`,
    `/therapists/${word}/contact?x=${word}`,
    `/es${profile}?utm_source=${word}`,
    `${profile}/card?${word}`,
    `${profile}/write?${word}`,
    `${profile}/report?back=${word}`,
    `/compare?t=${word}&t=${profile.split("/")[2]}`,
    `/replies?${word}`,
    `/no-such-page/${word}`,
    `/%E0%A4%A/${word}`,
    `/${word}%00`,
    `/_next/data/${word}/therapists.json`,
    `/assets/${word}.css`,
    `/photos/${word}/192.jpg`,
    `/api/${word}`,
    `/api/ready?${word}`,
  ];
  const routerState = encodeURIComponent(JSON.stringify(["", { children: [word, {}] }]));
  return [
    ...paths.map((path) => ({ path })),
    { path: "/therapists", headers: { rsc: "1", "next-router-state-tree": routerState } },
    { path: `/therapists?_rsc=${word}`, headers: { "next-action": word } },
  ];
}

function sends(url: string, word: string): Asked[] {
  const own = { origin: url, "sec-fetch-site": "same-origin" };
  const elsewhere = { origin: `https://${word}.example`, "sec-fetch-site": "cross-site" };
  const multipart = `multipart/form-data; boundary=${word}`;
  const letter = {
    therapist: profile.split("/")[2],
    tokenHash: word,
    ciphertext: word,
    proof: word,
  };
  const post = (path: string, type: string, body: string, headers = own): Asked => {
    return { path, method: "POST", type, body, headers };
  };
  return [
    post(`${profile}/contact`, form, `why=${word}`),
    post(`${profile}/report`, form, `kind=harm&form=${word}&words=${word}`),
    post(`${profile}/report`, form, `words=${word}`, elsewhere),
    post(`${profile}/report`, json, JSON.stringify({ words: word })),
    post(`${profile}/report`, multipart, `--${word}\r\nbroken ${word}`),
    post(`/es${profile}/write`, form, `armoured=${word}`),
    post("/compare", form, `t=${word}`),
    post("/therapists", "text/plain", word),
    post("/replies", form, word),
    post("/api/enquiries", json, JSON.stringify(letter)),
    post("/api/enquiries", json, `{"therapist": ${word}`),
    post("/api/enquiries/challenge", json, JSON.stringify({ purpose: "write", therapist: word })),
    post("/api/enquiries/fetch", json, JSON.stringify({ token: word, proof: word })),
    post("/api/enquiries/burn", json, JSON.stringify({ token: word }), elsewhere),
    { path: `/therapists?${word}`, method: "PATCH", body: word, headers: own },
    { path: `/no-such-page/${word}`, method: "DELETE", headers: own },
  ];
}

/** A search that stays out of the address, and on from there. */
async function search(ask: (asked: Asked) => Promise<{ to: string }>, word: string): Promise<void> {
  const body = `q=${word}&region=US-CA&modality=${word}`;
  const { to } = await ask({ path: "/therapists", method: "POST", type: form, body });
  if (to) await ask({ path: to });
}

/** Words that no client of good manners would say, and some that it breaks off. */
async function sayOddly(
  url: string,
  word: string,
  traces: Record<string, string>,
): Promise<number[]> {
  const { host } = new URL(url);
  const lines = Object.entries(traces).map(([name, value]) => `${name}: ${value}\r\n`);
  const rest = ` HTTP/1.1\r\nhost: ${host}\r\n${lines.join("")}`;
  const ofForm = `${rest}content-type: ${form}\r\ncontent-length: `;
  const sent = `${ofForm}5000\r\n\r\nwords=${word}`;
  const tooMuch = word.repeat(20_000);
  const heard = await Promise.all([
    sayRaw(url, `GET /therapists?q=${word} HTTP/1.0\r\n${lines.join("")}\r\n`),
    sayRaw(url, `GET /therapists?q=${word} HTTP/1.0\r\nhost: ${host}\r\n${lines.join("")}\r\n`),
    sayRaw(url, `${word} /${word}${rest}\r\n`),
    sayRaw(url, `TRACE /${word}${rest}\r\n`),
    sayRaw(url, `GET /therapists?q=${word}${rest}${word}\r\n\r\n`),
    sayRaw(url, `GET /${word}${rest}x-long: ${word.repeat(8_000)}\r\n\r\n`),
    sayRaw(url, `GET /${word.repeat(2_000)}${rest}\r\n`),
    sayRaw(url, `POST ${profile}/report${ofForm}${tooMuch.length}\r\n\r\n${tooMuch}`),
    sayRaw(url, `GET /therapists?q=${word}&modality=${word}${rest}\r\n`, { cut: true }),
    sayRaw(url, `POST ${profile}/report${sent}`, { cut: true }),
    sayRaw(url, `POST /api/enquiries${sent.replace(form, json)}`, { cut: true }),
  ]);
  return heard.filter(Boolean).map((text) => Number(/^HTTP\/1\.\d (\d+)/.exec(text)?.[1] ?? 0));
}

/** The one place whose words are kept, and then only sealed. Held back when it comes too fast. */
async function sendReport(
  ask: (asked: Asked) => Promise<unknown>,
  page: string,
  word: string,
): Promise<void> {
  const token = /name="form" value="([^"]+)"/.exec(page)?.[1];
  if (token === undefined) return;
  await pause(3_100);
  const body = new URLSearchParams({ form: token, kind: "wrong-facts", words: `Not so: ${word}` });
  await ask({ path: `${profile}/report`, method: "POST", type: form, body: body.toString() });
}
