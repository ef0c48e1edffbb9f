import { type SQL, sql } from "drizzle-orm";
import type { credentials, trainings } from "#db/schema/credentials.ts";

/** Which claims of a table count, as a condition on its rows. */
export type ClaimsShown = (claims: typeof credentials | typeof trainings) => SQL;

/** As readers see them. */
export const asCurrent: ClaimsShown = ({ stage }) => sql`${stage} = 'current'`;

/** As the open revision has them: a newer claim stands in the place of the one that it replaces. */
export const asProposed: ClaimsShown = (claims) => sql`${claims.stage} <> 'retired'
  and not exists (select from ${claims} newer
    where newer.replaces_id = ${claims.id} and newer.stage <> 'retired')`;
