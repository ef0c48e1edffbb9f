import { z } from "zod";
import { wordLimits } from "#lib/cases/rules.ts";
import { requiredText } from "#lib/forms/schema.ts";

export const appealForm = z.object({ words: requiredText(wordLimits.reason) });
