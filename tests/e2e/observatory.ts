import type { IncomingHttpHeaders } from "node:http";

const sixMonths = 15_552_000;
const broad = ["ftp:", "http:", "https:", "*", "'unsafe-inline'", "'unsafe-eval'", "data:"];

type Rule = (headers: IncomingHttpHeaders) => number;

/**
 * What Mozilla's HTTP Observatory gives and takes for the headers of a site on TLS, after
 * mdn/mdn-http-observatory at 94042bb, src/grader/charts.js. Its redirect from http to https is the
 * proxy's to give (0, or -20 without).
 */
const rules: Record<string, Rule> = {
  "content-security-policy": ({ "content-security-policy": text }) => {
    if (typeof text !== "string") return -25;
    const policy = policyOf(text);
    const none = policy.get("default-src") ?? ["*"];
    const isUnsafe = (name: string) =>
      (policy.get(name) ?? none).some((source) => broad.includes(source));
    if (isUnsafe("script-src") || isUnsafe("object-src")) return -20;
    if (isUnsafe("style-src")) return 0;
    return none.join() === "'none'" ? 10 : 5;
  },
  cookies: ({ "set-cookie": cookies = [] }) => {
    if (cookies.length === 0) return 0;
    if (!cookies.every((cookie) => /; *secure/i.test(cookie))) return -40;
    if (!cookies.every((cookie) => /; *httponly/i.test(cookie))) return -30;
    return cookies.every((cookie) => /; *samesite=(lax|strict)/i.test(cookie)) ? 5 : 0;
  },
  "cross-origin-resource-sharing": (headers) =>
    headers["access-control-allow-origin"] && headers["access-control-allow-credentials"] ? -50 : 0,
  "referrer-policy": ({ "referrer-policy": policy }) => {
    if (policy === undefined) return 0;
    const good = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];
    return good.includes(String(policy)) ? 5 : -5;
  },
  "strict-transport-security": ({ "strict-transport-security": text }) => {
    const age = Number(/max-age=(\d+)/.exec(String(text ?? ""))?.[1] ?? Number.NaN);
    if (Number.isNaN(age)) return -20;
    return age < sixMonths ? -10 : 0;
  },
  "x-content-type-options": (headers) => (headers["x-content-type-options"] === "nosniff" ? 0 : -5),
  "x-frame-options": (headers) => {
    const policy = policyOf(String(headers["content-security-policy"] ?? ""));
    const own = /^(deny|sameorigin)$/i.test(String(headers["x-frame-options"] ?? ""));
    return policy.has("frame-ancestors") || own ? 5 : -20;
  },
  "cross-origin-resource-policy": (headers) => gainOf(headers["cross-origin-resource-policy"]),
  "cross-origin-opener-policy": (headers) => gainOf(headers["cross-origin-opener-policy"]),
};

/** The score of an answer, from 0; 100 and more is A+. Praise counts only above 90 without it. */
export function observatoryScore(headers: IncomingHttpHeaders): number {
  const given = Object.values(rules).map((rule) => rule(headers));
  const without = 100 + given.filter((points) => points < 0).reduce((sum, each) => sum + each, 0);
  const praise = given.filter((points) => points > 0).reduce((sum, each) => sum + each, 0);
  return Math.max(0, without >= 90 ? without + praise : without);
}

function gainOf(policy: unknown): number {
  if (policy === undefined) return 0;
  return policy === "same-origin" || policy === "same-site" ? 10 : -5;
}

function policyOf(text: string): Map<string, string[]> {
  const directives = text.split(";").map((part) => part.trim().split(/\s+/));
  return new Map(directives.map(([name = "", ...sources]) => [name, sources]));
}
