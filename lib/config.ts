import { z } from "zod";
import { poolers } from "#db/find-pooler.ts";
import { replicaUrls } from "#db/replica-urls.ts";
import { SetupError } from "./errors.ts";
import { isRecipient } from "./letters/age-file.ts";
import { registerUrl } from "./registers/schema.ts";
import { faultInAddresses } from "./search/servers.ts";
import { cadenceText } from "./vetting/schema.ts";
import { leastShares } from "./worker/shares.ts";

const httpUrl = z.url({ protocol: /^https?$/ });
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ });
/** One or several; `searchServers` gives them as a list. */
const searchAddresses = z.string().superRefine((list, context) => {
  const fault = faultInAddresses(list);
  if (fault !== null) context.addIssue({ code: "custom", message: fault });
});

const masterKey = z
  .string()
  .refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64")
  .optional()
  .describe("openssl rand -base64 32");

const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe("3000"),
  HOST: z.string().min(1).default("127.0.0.1").describe("127.0.0.1"),
  DATA_DIR: z.string().min(1).default(".data").describe(".data"),
  SITE_URL: httpUrl.optional().describe("https://directory.example"),
  STAFF_URL: httpUrl.optional().describe("https://staff.directory.example"),
  SITE_NAME: z.string().trim().min(1).max(40).default("Parasol").describe("Parasol"),
  EXIT_URL: httpUrl.default("https://www.wikipedia.org/").describe("https://www.wikipedia.org/"),
  DATABASE_URL: databaseUrl.optional().describe("postgres://user:password@127.0.0.1:5432/parasol"),
  MIGRATION_DATABASE_URL: databaseUrl
    .optional()
    .describe("postgres://owner:password@127.0.0.1:5432/parasol"),
  DATABASE_REPLICA_URL: z
    .string()
    .refine(
      (urls) => replicaUrls(urls).every((url) => databaseUrl.safeParse(url).success),
      "must be one postgres:// address or several with commas between",
    )
    .optional()
    .describe(
      "postgres://user:password@replica-1:5432/parasol,postgres://…@replica-2:5432/parasol",
    ),
  DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(10).describe("10"),
  DATABASE_WORKER_POOL: z.coerce.number().int().max(500).default(20).describe("20"),
  DATABASE_POOLER: z.enum(poolers).default("none").describe("transaction"),
  MEILI_URL: searchAddresses.optional().describe("http://127.0.0.1:7700,http://127.0.0.1:7701"),
  MEILI_MASTER_KEY: z.string().min(16).optional().describe("at least 16 characters"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("smtp://user:password@mail.example:587"),
  MAIL_FROM: z.email().optional().describe("directory@mail.example"),
  AUTH_SECRET: z.string().min(32).optional().describe("openssl rand -base64 32"),
  MASTER_KEY: masterKey,
  MASTER_KEY_NEXT: masterKey,
  MASTER_KEY_BEFORE: masterKey,
  EVIDENCE_STORE: z
    .url({ protocol: /^s3$/ })
    .optional()
    .describe("s3://bucket/prefix; a folder in DATA_DIR when unset"),
  S3_ENDPOINT: httpUrl.optional().describe("https://s3.eu-central-1.amazonaws.com"),
  S3_REGION: z.string().min(1).default("us-east-1").describe("eu-central-1"),
  S3_ACCESS_KEY_ID: z.string().min(1).optional().describe("the store's user name"),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe("the store's password"),
  VETTING_CADENCE: cadenceText.optional().describe('{"days":{"credential":180}}'),
  REGISTER_LOOKUPS: z.enum(["0", "1"]).default("0").describe("1 asks registers by machine"),
  NPPES_URL: registerUrl
    .default("https://npiregistry.cms.hhs.gov/api/")
    .describe("https://npiregistry.cms.hhs.gov/api/"),
  LEIE_URL: registerUrl
    .default("https://oig.hhs.gov/exclusions/downloadables/UPDATED.csv")
    .describe("https://oig.hhs.gov/exclusions/downloadables/UPDATED.csv"),
  REGISTERS: z.string().min(1).optional().describe("/etc/parasol/registers.json"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info").describe("info"),
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional().describe("9464"),
  METRICS_HOST: z.string().min(1).default("127.0.0.1").describe("127.0.0.1"),
  BACKUP_RECIPIENT: z
    .string()
    .refine(isRecipient, "must be an age recipient; the secret key stays elsewhere")
    .optional()
    .describe("age1… as `age-keygen` prints it"),
  BACKUP_LEDGER: z.string().min(1).optional().describe("/mnt/elsewhere/parasol-ledger.age"),
  DEMO: z.enum(["0", "1"]).default("0").describe("1 shows the demo banner; never in production"),
});

const schema = variables
  .refine(({ MIGRATION_DATABASE_URL: owner, DATABASE_URL: site }) => !owner || site, {
    path: ["MIGRATION_DATABASE_URL"],
    error: "needs DATABASE_URL beside it",
  })
  .refine(({ DATABASE_REPLICA_URL: replica, DATABASE_URL: site }) => !replica || site, {
    path: ["DATABASE_REPLICA_URL"],
    error: "needs DATABASE_URL beside it",
  })
  .superRefine(({ DATABASE_WORKER_POOL: pool, MEILI_URL: list = "" }, context) => {
    const nodes = list === "" ? 0 : list.split(",").length;
    if (pool >= leastShares(nodes)) return;
    const message = `must be at least ${leastShares(nodes)}, with ${nodes} in MEILI_URL`;
    context.addIssue({ code: "custom", path: ["DATABASE_WORKER_POOL"], message });
  })
  .refine(({ STAFF_URL: staff, SITE_URL: site }) => !staff || site, {
    path: ["STAFF_URL"],
    error: "needs SITE_URL beside it",
  })
  // Cookies know no ports, and a page without encryption cannot be trusted to link to one with it.
  .refine(({ STAFF_URL: staff, SITE_URL: site }) => !staff || !site || apart(staff, site), {
    path: ["STAFF_URL"],
    error: "needs a host name that SITE_URL does not have, and the same http or https",
  })
  .superRefine(({ MASTER_KEY: key, MASTER_KEY_NEXT: next, MASTER_KEY_BEFORE: before }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    for (const [name, other] of Object.entries({
      MASTER_KEY_NEXT: next,
      MASTER_KEY_BEFORE: before,
    })) {
      if (other && !key) refuse(name, "needs MASTER_KEY beside it");
      else if (other && isSameKey(other, key)) refuse(name, "is MASTER_KEY itself");
    }
    if (next && before) {
      refuse("MASTER_KEY_NEXT", "goes without MASTER_KEY_BEFORE: one change at a time");
    }
  });

export type Config = z.infer<typeof schema>;

/**
 * Reads and checks the environment once. An empty variable counts as unset.
 * @throws SetupError naming each wrong variable, what was expected, and an example.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const example = variables.shape[name as keyof typeof variables.shape]?.description ?? "";
    const inside = issue.path.slice(1).join(".");
    return `  ${name}${inside && ` (${inside})`}: ${issue.message}. Example: ${example}`;
  });
  throw new SetupError(`The environment is not usable:\n${lines.join("\n")}\nSee .env.example.`);
}

function isSameKey(one: string, other: string | undefined): boolean {
  return Buffer.from(one, "base64").equals(Buffer.from(other ?? "", "base64"));
}

function apart(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.hostname !== b.hostname && a.protocol === b.protocol;
}

/** The same, for a process that cannot run without its database. */
export function requireDatabaseUrl(config: Config = readConfig()): string {
  if (config.DATABASE_URL) return config.DATABASE_URL;
  throw new SetupError(
    "DATABASE_URL is not set.\n  Start everything with `npm run up`, or set it, for example\n  DATABASE_URL=postgres://user:password@127.0.0.1:5432/parasol",
  );
}
