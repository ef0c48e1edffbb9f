import type { IncomingHttpHeaders } from "node:http";
import { injectedHeader, unescaped } from "./naughty.ts";

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** What only someone who looks into our machine should see. */
const innards = [
  /\n\s+at [^\n]+:\d+:\d+/,
  /\(?(?:file:\/\/|node:)[\w/.-]+:\d+:\d+/,
  /node_modules|\.next\/server|app-route-turbo/,
  /postgres:\/\/|PostgresError|MeiliSearch\w*Error|ECONN[A-Z]+/,
  /violates [\w-]+ constraint|syntax error at or near|invalid byte sequence/,
  /\b(?:Type|Reference|Range|Syntax)Error\b/,
];

/** Whether the site says that it is full, and when to come back: a limit, no failure. */
export const isLimit = ({ status, headers }: Answer): boolean =>
  status === 503 && headers["retry-after"] !== undefined;

/** What is wrong with an answer to someone hostile, in words; nothing where it is sound. */
export function problemsOf(answer: Answer, origin: string): string[] {
  const { status, headers, body } = answer;
  const wrong: string[] = [];
  if (status >= 500 && !isLimit(answer)) wrong.push(`answered ${status}`);
  const shown = innards.map((each) => each.exec(body)?.[0]).find(Boolean);
  if (shown) wrong.push(`shows "${shown.trim().slice(0, 80)}"`);
  const isPage = /html/.test(headers["content-type"] ?? "");
  if (isPage && body.includes(unescaped)) wrong.push("repeats a script unescaped");
  if (headers[injectedHeader] !== undefined) wrong.push("takes a header from a value");
  const to = headers.location;
  if (to !== undefined && new URL(to, origin).origin !== origin) wrong.push(`leads to ${to}`);
  return wrong;
}
