import { profileOf } from "../personas.ts";
import type { Staff } from "../staff.ts";

/**
 * Who asks: nobody; therapists who have just come, or have a listing (Sam, and Thea, who moderates
 * too and has no second factor yet); someone who has still to show theirs; and staff who have.
 */
export const askers = [
  "nobody",
  "therapist",
  "sam-suspended",
  "thea-therapist-moderator",
  "half-signed-in",
  "mo-moderator",
  "lee-lead",
  "liv-lived-experience-reviewer",
  "ari-auditor",
] as const satisfies readonly (string | Staff)[];
export type Asker = (typeof askers)[number];

/** A status, or the path that a 303 leads to. */
export type Answer = number | string;

/** What a GET and a POST of a form that asks for nothing we know are answered with. */
type Pair = readonly [get: Answer, post: Answer];
/** Null where the route has no such method: 405, whoever asks. */
type Answers = readonly [get: Answer | null, post: Answer | null];
type But = Partial<Record<Asker, Pair>>;
type Open = "everyone" | "half-signed-in" | "signed-in" | readonly Asker[];

export type Row = {
  open: Open;
  answers: Answers;
  /** Whoever may come in, and is answered in another way than the rest. */
  but: But;
  /** Where asking would end a session: everyone else is left alone. */
  only?: readonly Asker[];
};
type Rows = Readonly<Record<string, Row>>;

const row =
  (open: Open) =>
  (get: Answer | null, post: Answer | null, but: But = {}): Row => ({
    open,
    answers: [get, post],
    but,
  });

const everyone = row("everyone");
const reader = everyone(200, null);
const signedIn = row("signed-in");
const withoutSecondFactor = ["therapist", "sam-suspended", "thea-therapist-moderator"] as const;
const therapists = row(withoutSecondFactor);
const deciders = ["mo-moderator", "lee-lead"] as const;
const workers = [...deciders, "liv-lived-experience-reviewer"] as const;
const desk = row(workers);
const mails = row(deciders);
const registers = row([...deciders, "ari-auditor"]);
const playbooks = row([...workers, "ari-auditor"]);
const overseers = row(["lee-lead", "ari-auditor"]);
const lead = row(["lee-lead"]);

const slugOf = (persona: string) => profileOf(persona).replace("/therapists/", "");
/** Claimed by Mo before anything is asked. */
export const claimed = "sol-source-down-case";
const claimedLook = "sol-source-down-c2";

const secondFactor = "/account/settings/second-factor";
/** For those who have set up none. */
const none = (pair: Pair): But =>
  Object.fromEntries(withoutSecondFactor.map((asker) => [asker, pair]));

/** A page of the editor that may be saved empty. */
const topic = (name: string) => therapists(200, `/account/profile/${name}?saved=1`);

/**
 * Every route of the built site by its path below the language, and how each asker is answered:
 * the answers to whoever may come in, and whoever is an exception. A route with brackets has a row
 * for each thing that stands for them. `answerTo` says how the others are turned away.
 */
export const matrix: Readonly<Record<string, Row | Rows>> = {
  "": reader,
  "/therapists": everyone(200, "/therapists?s="),
  "/therapists/[slug]": {
    [slugOf("lia-listed")]: reader,
    [slugOf("sam-suspended")]: everyone(404, null),
    "nobody-here": everyone(404, null),
  },
  "/therapists/[slug]/card": {
    [slugOf("lia-listed")]: reader,
    [slugOf("sam-suspended")]: everyone(404, null),
    "nobody-here": everyone(404, null),
  },
  "/therapists/[slug]/contact": {
    [slugOf("lia-listed")]: everyone(200, 200),
    [slugOf("sam-suspended")]: everyone(404, 404),
    "nobody-here": everyone(404, 404),
  },
  "/therapists/[slug]/report": {
    [slugOf("lia-listed")]: everyone(200, 422),
    [slugOf("sam-suspended")]: everyone(404, 404),
    "nobody-here": everyone(404, 404),
  },
  "/therapists/[slug]/report/sent": { "nobody-here": reader },
  "/therapists/[slug]/write": {
    [slugOf("lia-listed")]: everyone(200, 422),
    [slugOf("sam-suspended")]: everyone(404, 404),
    "nobody-here": everyone(404, 404),
  },
  "/therapists/[slug]/write/sent": { "nobody-here": reader },
  "/replies": reader,
  "/how-we-vet": reader,
  "/how-we-vet/numbers": reader,
  "/how-we-vet/numbers/[year]": { "1066": everyone(404, null) },
  "/compare": everyone(200, "/compare?s="),
  "/leave-fast": reader,
  "/privacy": reader,
  "/guide": reader,
  "/help-now": reader,
  "/for-therapists": reader,
  "/trainings": reader,
  "/[...rest]": { "no-such-page": everyone(404, null) },
  "/photos/[id]/[file]": { "no-such-photo/192.jpg": everyone(404, null) },
  "/confirm/[token]": { "no-such-token": everyone(410, 410) },
  "/confirm/done": everyone(200, 405),
  "/invitation": everyone(404, 404),
  "/invitation/deleted": everyone(200, 405),
  "/invitation/never": everyone(404, 404),
  "/demo/mails": everyone(200, 405),
  "/demo/mails.json": reader,
  "/sign-in": everyone("/account", 422, { nobody: [200, 422], "half-signed-in": [200, 422] }),
  "/sign-in/confirm": everyone(410, 410),
  "/sign-in/passkey/answer": everyone(null, 400),
  "/sign-in/passkey/options": everyone(null, 400),
  "/sign-in/second-factor": row("half-signed-in")(200, 422, none([secondFactor, 422])),
  "/sign-out": { ...everyone("/account", "/sign-in"), only: ["nobody"] },

  "/account": signedIn(200, 405),
  "/account/settings": signedIn(200, 400),
  "/account/settings/address": signedIn(200, 422),
  "/account/settings/address/confirm": everyone(410, 410),
  "/account/settings/authenticator": signedIn(200, 422),
  "/account/settings/delete": signedIn(200, 422),
  "/account/settings/download": signedIn("/account/settings", 200),
  "/account/settings/passkeys/[id]": { "no-such-passkey": signedIn(404, 404) },
  "/account/settings/passkeys/answer": signedIn(null, 400),
  "/account/settings/passkeys/options": signedIn(null, 400),
  "/account/settings/recovery-codes": signedIn(200, 200, none([secondFactor, secondFactor])),
  "/account/settings/second-factor": signedIn(200, 400),
  "/account/availability": therapists(200, 422, { therapist: [404, 404] }),
  "/account/photo": therapists(200, 422),
  "/account/decisions": therapists(200, 405),
  "/account/decisions/[id]": {
    "sam-suspended-decision": therapists(404, 404, { "sam-suspended": [200, 422] }),
    "no-such-decision": therapists(404, 404),
  },
  "/account/questions": therapists(200, 422),
  "/account/questions/[caseId]": {
    "sam-suspended-case": therapists("/account/questions", 404, {
      "sam-suspended": ["/account/questions", 422],
    }),
    "no-such-case": therapists("/account/questions", 404),
  },
  "/account/messages": therapists(200, 400),
  "/account/messages/keys": therapists(200, 400),
  "/account/evidence/[subject]/[claimId]": {
    "credential/lia-listed-k1": therapists(404, 404),
    "credential/sam-suspended-k1": therapists(404, 404, { "sam-suspended": [200, 422] }),
  },
  "/account/evidence/[subject]/[claimId]/[id]": {
    "credential/sam-suspended-k1/no-such-document": therapists(404, 404),
  },
  "/account/profile": therapists(200, 405),
  "/account/profile/about": topic("about"),
  "/account/profile/basics": therapists(200, 422),
  "/account/profile/contact": topic("contact"),
  "/account/profile/discard": therapists("/account/profile", "/account/profile"),
  "/account/profile/disclosure": topic("disclosure"),
  "/account/profile/fees": topic("fees"),
  "/account/profile/licences": therapists(200, 422),
  "/account/profile/licences/[id]": {
    "lia-listed-k1": therapists(404, 404),
    "sam-suspended-k1": therapists(404, 404, { "sam-suspended": [200, 400] }),
  },
  "/account/profile/licences/new": therapists(200, 400),
  "/account/profile/place": topic("place"),
  "/account/profile/practice": topic("practice"),
  "/account/profile/preview": therapists(200, 422),
  "/account/profile/trainings": topic("trainings"),
  "/account/profile/withdraw": therapists("/account/profile", "/account/profile"),

  "/moderation": desk(200, 404),
  "/moderation/cases/[id]": { [claimed]: desk(200, 400), "no-such-case": desk(404, 400) },
  "/moderation/cases/[id]/ask": {
    [claimed]: desk(409, 409, { "mo-moderator": [200, 422] }),
    "no-such-case": desk(404, 404),
  },
  "/moderation/cases/[id]/messages": {
    [claimed]: desk(409, 409, { "mo-moderator": [200, 422] }),
    "no-such-case": desk(404, 404),
  },
  "/moderation/cases/[id]/checks/[checkId]": {
    [`${claimed}/${claimedLook}`]: desk(409, 409, { "mo-moderator": [200, 422] }),
    [`${claimed}/no-such-look`]: desk(409, 409, { "mo-moderator": [404, 404] }),
    "no-such-case/no-such-look": desk(404, 404),
  },
  "/moderation/cases/[id]/decide/[action]": {
    [`${claimed}/refuse`]: desk(409, 409, { "mo-moderator": [200, 422] }),
    "no-such-case/refuse": desk(404, 404),
  },
  "/moderation/cases/[id]/proposals/[decisionId]": {
    [`${claimed}/no-such-decision`]: desk(404, 400),
  },
  "/moderation/evidence/[id]": { "no-such-document": desk(404, null) },
  "/moderation/abuse": mails(200, 400),
  "/moderation/mails": mails(200, 404),
  "/moderation/registers": registers(200, 404),
  "/moderation/registers/exclusions": row(deciders)(405, 400),
  "/moderation/people": overseers(200, 422),
  "/moderation/people/[id]": {
    "person-mo-moderator": overseers(200, 409, { "ari-auditor": [200, 404] }),
    "no-such-person": overseers(404, 404),
  },
  "/moderation/people/[id]/second-factor": {
    "person-mo-moderator": lead(200, 422),
    "person-lee-lead": lead(404, 404),
    "no-such-person": lead(404, 404),
  },
  "/moderation/people/changes/[id]": { "no-such-change": lead(405, 400) },
  "/moderation/holds": overseers(200, 422),
  "/moderation/playbooks": playbooks(200, 405),
  "/moderation/playbooks/[id]": {
    other: playbooks(200, 405),
    "no-such-body": playbooks(404, 405),
  },
  "/moderation/playbooks/[id]/edit": { other: lead(200, 422), "no-such-body": lead(404, 404) },
  "/moderation/audit": overseers(200, 200),
  "/moderation/audit/export": {
    "?format=csv": overseers(200, 405),
    "?format=no-such-format": overseers(404, 405),
  },
};

/** The rows of a route by the paths that are asked. */
export function rowsOf(route: string, entry: Row | Rows): [path: string, row: Row][] {
  if ("answers" in entry) return [[route || "/", entry as Row]];
  return Object.entries(entry as Rows).map(([things, row]) => [fill(route, things), row]);
}

function fill(route: string, things: string): string {
  const [names = "", query] = things.split("?");
  const parts = names.split("/");
  const path = route.replaceAll(/\[[^\]]+\]/g, () => parts.shift() ?? "missing");
  return query === undefined ? path : `${path}?${query}`;
}

/** How a row says that an asker is answered. */
export function answerTo(path: string, { open, answers, but }: Row, asker: Asker): Pair {
  const [get, post] = but[asker] ?? turnedAway(path, open, asker) ?? answers;
  return [answers[0] === null ? 405 : (get ?? 405), answers[1] === null ? 405 : (post ?? 405)];
}

function turnedAway(path: string, open: Open, asker: Asker): Pair | null {
  const to = new URLSearchParams({ to: path }).toString();
  if (open === "everyone") return null;
  if (asker === "nobody") return [`/sign-in?${to}`, 401];
  if (open === "half-signed-in") return null;
  if (asker === "half-signed-in") return [`/sign-in/second-factor?${to}`, 401];
  if (open === "signed-in" || open.includes(asker)) return null;
  // A moderator without a second factor is told to set one up; to the rest there is nothing here.
  const moderates = asker === "thea-therapist-moderator" && open.includes("mo-moderator");
  return moderates ? [secondFactor, secondFactor] : [404, 404];
}
