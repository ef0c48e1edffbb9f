import { accountPage } from "#app/account/account-page.tsx";
import { AbuseView } from "#components/inbox/abuse-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { listAbuseNotes } from "#lib/enquiries/queries.ts";
import { readAbuse } from "#lib/enquiries/read-abuse.ts";
import { abuseReaders } from "#lib/enquiries/rules.ts";
import { settleAbuse } from "#lib/enquiries/settle-abuse.ts";
import { BodyError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";

type Opened = { id: string; words: string | null } | null;

/** What therapists showed of letters that did harm. Its words open one by one, and each is noted. */
export const { GET, POST } = accountPage({
  access: abuseReaders,
  area: "abuse",
  get: ({ page, session, query }) => view(page, session, null, query.get("done") === "settled"),
  post: async ({ page, session, typed }) => {
    const id = typedValue(typed, "note");
    switch (typedValue(typed, "intent")) {
      case "open":
        return view(page, session, { id, words: await readAbuse(session, id) });
      case "settle":
        await settleAbuse(session, id, page.today);
        return { to: "/moderation/abuse?done=settled" };
      default:
        throw new BodyError("no-form");
    }
  },
});

async function view(page: Page, session: Session, opened: Opened, settled = false) {
  const notes = await listAbuseNotes(session);
  return {
    title: page.t("inbox.abuse.title"),
    body: <AbuseView page={page} notes={notes} opened={opened} settled={settled} />,
  };
}
