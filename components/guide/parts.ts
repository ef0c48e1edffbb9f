/** The day on which laws and addresses were last gone over, `YYYY-MM-DD`. */
export const guideLookedAt = "2026-11-24";

/** In the order in which they are read. */
export const guideParts = [
  "ask",
  "reporting",
  "records",
  "diagnosis",
  "courts",
  "immigration",
  "paying",
  "distance",
  "couples",
  "work",
  "complain",
  "limits",
] as const;
export type GuidePart = (typeof guideParts)[number];

export const guideQuestions = [
  "experience",
  "view",
  "topic",
  "leaving",
  "report",
  "police",
  "notes",
  "names",
  "diagnosis",
  "court",
  "lookup",
  "bias",
] as const;

/** What each part says, point by point: keys of messages that hold a `name` and a `text`. */
export const guidePoints = {
  reporting: [
    "guide.reporting.adults",
    "guide.reporting.parents",
    "guide.reporting.children",
    "guide.reporting.minors",
    "guide.reporting.forced",
    "guide.reporting.elders",
    "guide.reporting.danger",
    "guide.reporting.self",
    "guide.reporting.violence",
    "guide.reporting.elsewhere",
    "guide.reporting.before",
  ],
  records: [
    "guide.records.two",
    "guide.records.apart",
    "guide.records.copy",
    "guide.records.outside",
    "guide.records.least",
    "guide.records.portal",
    "guide.records.clinic",
    "guide.records.drugs",
    "guide.records.elsewhere",
  ],
  diagnosis: [
    "guide.diagnosis.need",
    "guide.diagnosis.which",
    "guide.diagnosis.insurer",
    "guide.diagnosis.letters",
    "guide.diagnosis.superbill",
    "guide.diagnosis.restrict",
    "guide.diagnosis.estimate",
    "guide.diagnosis.later",
  ],
  courts: [
    "guide.courts.privilege",
    "guide.courts.exceptions",
    "guide.courts.subpoena",
    "guide.courts.custody",
    "guide.courts.letters",
    "guide.courts.charged",
  ],
  immigration: [
    "guide.immigration.before",
    "guide.immigration.rule",
    "guide.immigration.covers",
    "guide.immigration.forms",
    "guide.immigration.officers",
    "guide.immigration.letters",
    "guide.immigration.elsewhere",
  ],
  paying: [
    "guide.paying.statement",
    "guide.paying.cash",
    "guide.paying.apps",
    "guide.paying.accounts",
    "guide.paying.reminders",
    "guide.paying.sliding",
  ],
  distance: [
    "guide.distance.where",
    "guide.distance.travel",
    "guide.distance.compacts",
    "guide.distance.address",
    "guide.distance.device",
    "guide.distance.recording",
  ],
  couples: [
    "guide.couples.work",
    "guide.couples.secrets",
    "guide.couples.file",
    "guide.couples.alone",
    "guide.couples.together",
    "guide.couples.more",
  ],
  work: [
    "guide.work.online",
    "guide.work.escort",
    "guide.work.brothel",
    "guide.work.street",
    "guide.work.dance",
    "guide.work.sugar",
    "guide.work.domination",
    "guide.work.couple",
    "guide.work.rural",
  ],
  complain: [
    "guide.complain.stop",
    "guide.complain.sexual",
    "guide.complain.board",
    "guide.complain.privacy",
    "guide.complain.us",
    "guide.complain.notUs",
  ],
} as const;

export type GuidePoint = (typeof guidePoints)[keyof typeof guidePoints][number];
