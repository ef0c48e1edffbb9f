import type { Staff } from "../staff.ts";

/** Who asks: nobody, a therapist, staff with a second factor, and staff who has shown none. */
export const askers = [
  "nobody",
  "therapist",
  "mo-moderator",
  "lee-lead",
  "liv-lived-experience-reviewer",
  "ari-auditor",
  "without-second-factor",
] as const satisfies readonly ("nobody" | "therapist" | "without-second-factor" | Staff)[];
export type Asker = (typeof askers)[number];

export type Way = {
  open: "everyone" | "signed-in" | readonly Asker[];
  methods: readonly ("GET" | "POST")[];
  /** What stands for the parts in brackets: things that are not theirs, or not there. */
  foreign?: Readonly<Record<string, string>>;
  /** Would end the session: only whoever has none is asked. */
  endsSession?: true;
  /** The same for something that whoever may come in can see. */
  real?: Readonly<Record<string, string>>;
};

const get = ["GET"] as const;
const form = ["GET", "POST"] as const;
const send = ["POST"] as const;

const reader: Way = { open: "everyone", methods: get };
const anyone: Way = { open: "everyone", methods: form };
const settings: Way = { open: "signed-in", methods: form };
const therapist: Way = { open: ["therapist"], methods: form };
const deciders = ["mo-moderator", "lee-lead"] as const;
const workers = [...deciders, "liv-lived-experience-reviewer"] as const;
const lead = ["lee-lead"] as const;
const leadAndAuditor = ["lee-lead", "ari-auditor"] as const;

const noOne = { id: "no-such-thing" };
const someCase = { id: "pat-pending-case" };
const someoneElses = { subject: "credential", claimId: "lia-listed-k1", id: "no-such-document" };

/**
 * Every route of the built site by its path below the language, and who may ask for it. A route
 * that is missing here fails the tests, and so does one that is gone.
 */
export const matrix: Readonly<Record<string, Way>> = {
  "": reader,
  "/therapists": anyone,
  "/therapists/[slug]": { ...reader, foreign: { slug: "nobody-here" } },
  "/therapists/[slug]/contact": { ...reader, foreign: { slug: "nobody-here" } },
  "/therapists/[slug]/report": { ...anyone, foreign: { slug: "nobody-here" } },
  "/therapists/[slug]/report/sent": { ...reader, foreign: { slug: "nobody-here" } },
  "/how-we-vet": reader,
  "/how-we-vet/numbers": reader,
  "/how-we-vet/numbers/[year]": { ...reader, foreign: { year: "1066" } },
  "/privacy": reader,
  "/trainings": reader,
  "/[...rest]": { ...reader, foreign: { "...rest": "no-such-page" } },
  "/photos/[id]/[file]": { ...reader, foreign: { id: "no-such-photo", file: "192.jpg" } },
  "/confirm/[token]": { ...anyone, foreign: { token: "no-such-token" } },
  "/confirm/done": reader,
  // Without the token of a mail there is nothing.
  "/invitation": { ...anyone, foreign: {} },
  "/invitation/deleted": reader,
  "/invitation/never": { ...anyone, foreign: {} },
  "/demo/mails": reader,
  "/demo/mails.json": reader,
  "/sign-in": anyone,
  "/sign-in/confirm": anyone,
  "/sign-in/passkey/answer": { open: "everyone", methods: send },
  "/sign-in/passkey/options": { open: "everyone", methods: send },
  "/sign-in/second-factor": settings,
  "/sign-out": { open: "everyone", methods: send, endsSession: true },

  "/account": { open: "signed-in", methods: get },
  "/account/settings": settings,
  "/account/settings/address": settings,
  "/account/settings/address/confirm": anyone,
  "/account/settings/authenticator": settings,
  "/account/settings/delete": settings,
  "/account/settings/download": { open: "signed-in", methods: get },
  "/account/settings/passkeys/[id]": { ...settings, foreign: noOne },
  "/account/settings/passkeys/answer": { open: "signed-in", methods: send },
  "/account/settings/passkeys/options": { open: "signed-in", methods: send },
  "/account/settings/recovery-codes": settings,
  "/account/settings/second-factor": settings,
  "/account/availability": therapist,
  "/account/photo": therapist,
  "/account/decisions": { ...therapist, methods: get },
  "/account/decisions/[id]": { ...therapist, foreign: noOne },
  "/account/questions": { ...therapist, methods: get },
  "/account/questions/[caseId]": { ...therapist, foreign: { caseId: "pat-pending-case" } },
  "/account/evidence/[subject]/[claimId]": { ...therapist, foreign: someoneElses },
  "/account/evidence/[subject]/[claimId]/[id]": {
    ...therapist,
    methods: get,
    foreign: someoneElses,
  },
  "/account/profile": { ...therapist, methods: get },
  "/account/profile/about": therapist,
  "/account/profile/basics": therapist,
  "/account/profile/contact": therapist,
  "/account/profile/discard": therapist,
  "/account/profile/disclosure": therapist,
  "/account/profile/fees": therapist,
  "/account/profile/licences": therapist,
  "/account/profile/licences/[id]": { ...therapist, foreign: { id: "lia-listed-k1" } },
  "/account/profile/licences/new": therapist,
  "/account/profile/place": therapist,
  "/account/profile/practice": therapist,
  "/account/profile/preview": therapist,
  "/account/profile/trainings": therapist,
  "/account/profile/withdraw": therapist,

  "/moderation": { open: workers, methods: form },
  "/moderation/cases/[id]": { open: workers, methods: form, foreign: noOne, real: someCase },
  "/moderation/cases/[id]/ask": { open: workers, methods: form, foreign: noOne },
  "/moderation/cases/[id]/messages": { open: workers, methods: form, foreign: noOne },
  "/moderation/cases/[id]/checks/[checkId]": {
    open: workers,
    methods: form,
    foreign: { ...someCase, checkId: "no-such-look" },
  },
  "/moderation/cases/[id]/decide/[action]": {
    open: workers,
    methods: form,
    foreign: { ...noOne, action: "accept" },
  },
  "/moderation/cases/[id]/proposals/[decisionId]": {
    open: workers,
    methods: form,
    foreign: { ...someCase, decisionId: "no-such-decision" },
  },
  "/moderation/evidence/[id]": { open: workers, methods: get, foreign: noOne },
  "/moderation/mails": { open: deciders, methods: form },
  "/moderation/registers": { open: [...deciders, "ari-auditor"], methods: form },
  "/moderation/people": { open: leadAndAuditor, methods: form },
  "/moderation/people/[id]": {
    open: leadAndAuditor,
    methods: form,
    foreign: noOne,
    real: { id: "person-mo-moderator" },
  },
  "/moderation/people/[id]/second-factor": { open: lead, methods: form, foreign: noOne },
  "/moderation/people/changes/[id]": { open: lead, methods: form, foreign: noOne },
  "/moderation/holds": { open: leadAndAuditor, methods: form },
  "/moderation/playbooks": { open: [...workers, "ari-auditor"], methods: get },
  "/moderation/playbooks/[id]": {
    open: [...workers, "ari-auditor"],
    methods: get,
    foreign: noOne,
    real: { id: "other" },
  },
  "/moderation/playbooks/[id]/edit": {
    open: lead,
    methods: form,
    foreign: noOne,
    real: { id: "other" },
  },
  "/moderation/audit": { open: leadAndAuditor, methods: form },
  "/moderation/audit/export": { open: leadAndAuditor, methods: get },
};
