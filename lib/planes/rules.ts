/** Readers are answered on one host, people with an account on another (docs/decisions/0025). */
export const planes = ["reader", "staff"] as const;
export type Plane = (typeof planes)[number];

/**
 * Which plane an address is of, by its first part below the language; two parts below `api`.
 * A route that is missing here is on no host once there are two, and a test says so.
 */
const answeredBy = new Map<string, Plane | "both">([
  ["", "reader"],
  ["therapists", "reader"],
  ["compare", "reader"],
  ["replies", "reader"],
  ["how-we-vet", "reader"],
  ["trainings", "reader"],
  ["privacy", "reader"],
  ["guide", "reader"],
  ["help-now", "reader"],
  ["for-therapists", "reader"],
  ["leave-fast", "reader"],
  ["api/enquiries", "reader"],
  ["account", "staff"],
  ["moderation", "staff"],
  ["sign-in", "staff"],
  ["sign-out", "staff"],
  ["confirm", "staff"],
  ["invitation", "staff"],
  ["demo", "staff"],
  ["photos", "both"],
  ["assets", "both"],
  ["api/health", "both"],
  ["api/ready", "both"],
]);

/** @param address a path of ours, with or without its language and query; null where it is none */
export function planeOf(address: string): Plane | "both" | null {
  const [path = ""] = address.split(/[?#]/, 1);
  const [, first = "", second = ""] = path.replace(/^\/es(?=\/|$)/, "").split("/");
  return answeredBy.get(first === "api" ? `api/${second}` : first) ?? null;
}

/** Whether the host of a plane answers an address. */
export function isOn(plane: Plane, address: string): boolean {
  const own = planeOf(address);
  return own === plane || own === "both";
}

/** Below this there is no route, so whatever stands there is answered by the page for no page. */
const nowhere = "/-";

/** Where a host looks for what it does not answer; without the last slash, which Next sends away. */
export function nowhereFor(address: string): string {
  const [path = ""] = address.split("?", 1);
  const spanish = /^\/es(?=\/|$)/.exec(path)?.[0] ?? "";
  const rest = path.slice(spanish.length).replace(/\/+$/, "");
  return spanish + nowhere + rest + address.slice(path.length);
}

/** What was asked for, when it was looked for in there. @param path without its language */
export function askedPath(path: string): string {
  return path.startsWith(`${nowhere}/`) ? path.slice(nowhere.length) : path;
}
