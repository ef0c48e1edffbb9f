import { z } from "zod";

/** What findings can show, in the order in which moderators read it. */
export const factNames = [
  "name",
  "otherNames",
  "nameAgrees",
  "number",
  "numberAgrees",
  "npi",
  "letters",
  "type",
  "readsAs",
  "expires",
  "licences",
  "updated",
  "exclusionType",
  "exclusionDate",
  "reinstated",
  "waiver",
  "field",
  "state",
  "others",
] as const;

export type FactName = (typeof factNames)[number];
export type Facts = Partial<Record<FactName, string>>;

/** Facts whose value is a word of ours; all others are the register's own. */
export const agreements = ["yes", "no", "not-said"] as const;
export type Agreement = (typeof agreements)[number];
export const readings = ["active", "other", "not-said"] as const;
export type Reading = (typeof readings)[number];

/** Where registers are asked: never in the clear, except on this machine. */
export const registerUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}, "must begin with https:// (plain http is for this machine alone)");

const heading = z.string().trim().min(1).max(200);

/** Which heading of the file stands over what. */
const columns = z
  .strictObject({
    number: heading.optional(),
    firstName: heading.optional(),
    lastName: heading.optional(),
    fullName: heading.optional(),
    status: heading,
    expires: heading.optional(),
    type: heading.optional(),
  })
  .refine(({ number, lastName, fullName }) => number ?? lastName ?? fullName, {
    error: "needs at least one of number, lastName and fullName",
  })
  .refine(({ firstName, lastName }) => (firstName === undefined) === (lastName === undefined), {
    error: "firstName and lastName go together",
  });

const roster = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "small letters, digits and hyphens, such as us-or-boards")
      .max(60),
    /** As moderators read it, such as "Oregon boards, all licences". */
    name: z.string().trim().min(1).max(120),
    url: registerUrl.optional(),
    file: z.string().min(1).optional(),
    delimiter: z.string().length(1).default(","),
    encoding: z.enum(["utf-8", "windows-1252", "iso-8859-1", "utf-16le"]).default("utf-8"),
    columns,
    /** The status words that mean active, as the register prints them. */
    active: z.array(z.string().trim().min(1)).min(1).max(50),
    /** Ids of the reference data. */
    credentialTypes: z.array(z.string().min(1)).min(1).max(100),
    /** `US-OR`, or `US-*` for every region of a country. */
    jurisdictions: z
      .array(z.string().regex(/^[A-Z]{2}-(\*|[A-Z0-9]{1,3})$/, "such as US-OR or US-*"))
      .min(1)
      .max(100),
    /** The day of its content, for sources that do not say it themselves. */
    asOf: z.iso.date().optional(),
    /** Days between two readings. */
    everyDays: z.int().min(1).max(90).default(7),
    maxMegabytes: z.int().min(1).max(2000).default(200),
  })
  .refine(({ url, file }) => (url === undefined) !== (file === undefined), {
    error: "needs either url or file",
  });

/** Which file of the exclusion list was seen when the button was pressed. */
export const confirmForm = z.object({ asOf: z.iso.date() });

export const registersFile = z.strictObject({ registers: z.array(roster).max(50) });

export type RosterSettings = z.output<typeof roster>;
