import type { Role } from "#db/vocabulary.ts";

/** Who keeps documents beyond their days, and lets them go again. */
export const holdKeepers = ["lead"] as const satisfies readonly Role[];

/** Who sees which are kept, and why. */
export const holdReaders = ["lead", "auditor"] as const satisfies readonly Role[];

/** In characters. */
export const reasonLength = { min: 10, max: 1000 } as const;

/** What a reason is sealed as. */
export const reasonContext = (holdId: string) => `legal-hold:${holdId}`;
