import { z } from "zod";

const headText = z.string().regex(/^\d{1,15}:[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const masterKey = z.string().nullable();
const otherMasterKey = masterKey.default(null);
/** More than any site has, and less than would fill a machine's memory. */
const most = 10_000_000;

/** What a backup says of itself before its first row. */
export const manifestSchema = z.object({
  format: z.literal(1),
  takenAt: z.string().min(1),
  /** Hashes of the migrations that the database had, in order. */
  migrations: z.array(z.string()).min(1).max(10_000),
  /** The audit chain's last link. */
  head: headText,
  /** Tells whether MASTER_KEY is the same, and nothing else of it; null where there was none. */
  masterKey,
  /** The same of a second key, where the key was being changed when this was written. */
  otherMasterKey,
  tables: z.record(name, z.array(name).max(500)),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What stands at the end: a backup without it was cut off. */
export const endSchema = z.object({ rows: z.record(name, z.number()), files: z.number() });
export type End = z.infer<typeof endSchema>;

/**
 * What still is, at this moment. There is one, written anew each time: what it names no more, no
 * backup brings back (docs/decisions/0029).
 */
export const ledgerSchema = z.object({
  format: z.literal(1),
  head: headText,
  masterKey,
  otherMasterKey,
  /** Documents that can be opened, with their wrapped keys and sealed names. */
  documents: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })).max(most),
  /** Accounts that are there. */
  people: z.array(z.string()).max(most),
  /** Keyed hashes of addresses that must never get a mail again. */
  neverContact: z.array(z.string()).max(most),
});
export type Ledger = z.infer<typeof ledgerSchema>;
