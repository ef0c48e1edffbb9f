import { and, eq, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { type Day, todayUtc } from "#lib/vetting/rules.ts";
import { readConfirmationToken } from "./confirmation-link.ts";
import { type LinkState, linkState } from "./queries.ts";
import type { AvailabilityInput } from "./schema.ts";
import { writeAvailability } from "./write-availability.ts";

/**
 * Confirms openings by the link from a mail, whoever holds it. Using it ends all links made before:
 * of two at once, one is too late. @returns `confirmed`, or why the link does nothing
 */
export async function confirmByLink(
  token: string,
  input: AvailabilityInput,
  db: Db = primary(),
  today: Day = todayUtc(),
): Promise<"confirmed" | LinkState["state"]> {
  const read = readConfirmationToken(token, today);
  if (read.state !== "signed") return read.state;
  const done = await db.transaction((tx) =>
    writeAvailability(
      input,
      {
        whose: and(
          eq(therapists.id, read.therapistId),
          eq(therapists.confirmationRound, read.round),
        ),
        also: { confirmationRound: sql`${therapists.confirmationRound} + 1` },
        by: "link",
        today,
      },
      tx,
    ),
  );
  return done ? "confirmed" : (await linkState(token, today, db)).state;
}
