import { z } from "zod";
import { staffRoles } from "#lib/auth/rules.ts";
import { emailAddress } from "#lib/auth/schema.ts";
import { manyOf, requiredText } from "#lib/forms/schema.ts";
import { staffRolesOf } from "./rules.ts";

export const findPersonForm = z.object({ email: emailAddress });

/** `version`: the roles that stood there when the form was made, with a dot between. */
export const rolesForm = z.object({
  roles: manyOf(staffRoles).transform(staffRolesOf),
  version: z.string().transform((seen) => staffRolesOf(seen.split("."))),
});

export const reasonLength = { min: 10, max: 300 } as const;

export const resetForm = z.object({ reason: requiredText(reasonLength.max, reasonLength.min) });
