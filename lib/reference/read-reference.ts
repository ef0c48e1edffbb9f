import accessibility from "#db/seed/reference/accessibility.json" with { type: "json" };
import concerns from "#db/seed/reference/concerns.json" with { type: "json" };
import credentialTypes from "#db/seed/reference/credential-types.json" with { type: "json" };
import fees from "#db/seed/reference/fees.json" with { type: "json" };
import formats from "#db/seed/reference/formats.json" with { type: "json" };
import helpLines from "#db/seed/reference/help-lines.json" with { type: "json" };
import identities from "#db/seed/reference/identities.json" with { type: "json" };
import jurisdictions from "#db/seed/reference/jurisdictions.json" with { type: "json" };
import languages from "#db/seed/reference/languages.json" with { type: "json" };
import modalities from "#db/seed/reference/modalities.json" with { type: "json" };
import playbooks from "#db/seed/reference/playbooks.json" with { type: "json" };
import practiceStatements from "#db/seed/reference/practice-statements.json" with { type: "json" };
import scales from "#db/seed/reference/scales.json" with { type: "json" };
import trainingCriteria from "#db/seed/reference/training-criteria.json" with { type: "json" };
import trainings from "#db/seed/reference/trainings.json" with { type: "json" };
import workContexts from "#db/seed/reference/work-contexts.json" with { type: "json" };
import { type ReferenceFile, type ReferenceName, referenceSchemas } from "./schema.ts";

const files: Record<ReferenceName, unknown> = {
  accessibility,
  concerns,
  "credential-types": credentialTypes,
  fees,
  formats,
  "help-lines": helpLines,
  identities,
  jurisdictions,
  languages,
  modalities,
  playbooks,
  "practice-statements": practiceStatements,
  scales,
  "training-criteria": trainingCriteria,
  trainings,
  "work-contexts": workContexts,
};

const read = new Map<ReferenceName, unknown>();

/** A file of the reference data, checked and frozen on its first reading. */
export function readReference<N extends ReferenceName>(name: N): ReferenceFile<N> {
  if (!read.has(name)) read.set(name, deepFreeze(checkReference(name, files[name])));
  return read.get(name) as ReferenceFile<N>;
}

/** @throws Error that names the file and each wrong place in it. */
export function checkReference<N extends ReferenceName>(name: N, data: unknown): ReferenceFile<N> {
  const parsed = referenceSchemas[name].safeParse(data);
  if (parsed.success) return parsed.data as ReferenceFile<N>;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`db/seed/reference/${name}.json is not as expected:\n${lines.join("\n")}`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
