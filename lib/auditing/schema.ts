import { z } from "zod";
import { readHeadText } from "#lib/audit/rules.ts";
import { optionalDay, optionalText } from "#lib/forms/schema.ts";

/** Which events somebody wants to see; what is null leaves nothing out. */
export const auditFilters = z
  .object({
    /** A verb, or how it begins, such as `case.`. */
    verb: optionalText(80),
    /** A person's id, the name of one of the staff, or `-` for what no person did. */
    who: optionalText(120),
    kind: optionalText(80),
    subject: optionalText(120),
    /** Days in UTC, both of them included. */
    from: optionalDay,
    to: optionalDay,
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ["to"],
    message: "before-from",
  });

export type AuditFilters = z.infer<typeof auditFilters>;

export const filterNames = Object.keys(auditFilters.shape) as (keyof AuditFilters)[];

/** The number of the last event on the page before. */
export const before = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).catch(0);

export const exportFormats = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A head that was kept elsewhere; blank where there is none. */
export const checkForm = z.object({
  head: z
    .string()
    .default("")
    .refine((text) => text.trim() === "" || readHeadText(text) !== null, "not-a-head")
    .transform(readHeadText),
});
