import type { APIRequest, Browser } from "@playwright/test";
import { therapists } from "#db/schema/profiles.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { profileOf } from "../e2e/personas.ts";
import { signIn } from "../e2e/sign-in.ts";
import { addressOf, stateOf } from "../e2e/staff.ts";
import { site } from "../support/running-site.ts";
import type { People } from "./load.ts";
import { onDatabase, type Written } from "./truth.ts";

const caseId = "sol-source-down-case";

/** Signs everyone in who makes the load, through the front door, and claims the moderator's case. */
export async function gatherPeople(
  browser: Browser,
  request: APIRequest,
): Promise<{ people: People; written: Written }> {
  const page = await browser.newPage();
  await signIn(page, addressOf("lia-listed"));
  const therapistState = await page.context().storageState();
  await page.context().close();
  const contextOf = (storageState?: typeof therapistState | string) =>
    request.newContext({
      baseURL: site.url,
      extraHTTPHeaders: { origin: new URL(site.url).origin },
      ...(storageState && { storageState }),
    });
  const casePath = `/moderation/cases/${caseId}`;
  const moderator = await contextOf(stateOf("mo-moderator"));
  await moderator.post(casePath, { form: { intent: "claim" }, maxRedirects: 0 });
  const slug = profileOf("lia-listed").split("/")[2] ?? "";
  return onDatabase(async (sql, db) => {
    const [own] = await sql<{ id: string }[]>`select id from therapists where slug = ${slug}`;
    const seen = await db
      .select({ slug: therapists.slug })
      .from(therapists)
      .where(visibleOn(todayUtc()))
      .limit(40);
    const people = {
      reader: await contextOf(),
      therapist: await contextOf(therapistState),
      moderator,
      profiles: seen.map(({ slug }) => `/therapists/${slug}`),
      casePath,
    };
    return { people, written: { caseId, therapistId: own?.id ?? "" } };
  });
}
