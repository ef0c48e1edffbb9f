import { type AccountAnswer, accountPage } from "#app/account/account-page.tsx";
import { AvailabilityView, doneThings } from "#components/availability/availability-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { confirmAvailability } from "#lib/availability/confirm-availability.ts";
import { pauseListing } from "#lib/availability/pause-listing.ts";
import { getOwnAvailability } from "#lib/availability/queries.ts";
import { resumeListing } from "#lib/availability/resume-listing.ts";
import { availabilityForm } from "#lib/availability/schema.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed, typedValue } from "#lib/forms/rules.ts";

const path = "/account/availability";

/** What is said about openings, and whether the listing is up: the owner's own page. */
export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "overview",
  get: ({ page, session, query }) => {
    const news = doneThings.find((thing) => thing === query.get("done"));
    return view(page, session, { news });
  },
  post: async ({ page, session, typed }) => {
    try {
      const move = typedValue(typed, "move");
      if (move === "pause") {
        await pauseListing(session);
        return { to: `${path}?done=paused` };
      }
      if (move === "resume") {
        await resumeListing(session);
        return { to: `${path}?done=resumed` };
      }
      const parsed = parseForm(availabilityForm, typed);
      if (!parsed.ok) return view(page, session, { sent: { typed, errors: parsed.errors } });
      await confirmAvailability(session, parsed.value);
      return { to: `${path}?done=saved` };
    } catch (error) {
      if (error instanceof ConflictError) return view(page, session, { news: "moved" });
      throw error;
    }
  },
});

type Said = {
  news?: (typeof doneThings)[number] | "moved" | undefined;
  sent?: { typed: Typed; errors: FieldErrors };
};

async function view(page: Page, session: Session, said: Said): Promise<AccountAnswer> {
  const availability = await getOwnAvailability(session);
  if (!availability) throw new NotFoundError();
  return {
    title: page.t("availability.title"),
    body: <AvailabilityView page={page} availability={availability} {...said} />,
    status: said.sent ? 422 : said.news === "moved" ? 409 : 200,
  };
}
