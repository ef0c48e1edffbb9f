import { accountPage } from "#app/account/account-page.tsx";
import { InboxView } from "#components/inbox/inbox-view.tsx";
import { NoListingView } from "#components/inbox/no-listing-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { closeEnquiry } from "#lib/enquiries/close-enquiry.ts";
import { listLetters, listOwnKeys } from "#lib/enquiries/queries.ts";
import { revealAbuse } from "#lib/enquiries/reveal-abuse.ts";
import { lettersAPage } from "#lib/enquiries/rules.ts";
import { abuseForm, newReply } from "#lib/enquiries/schema.ts";
import { sendReply } from "#lib/enquiries/send-reply.ts";
import { BodyError, NotFoundError } from "#lib/errors.ts";
import { parseForm, type Typed, typedList, typedValue } from "#lib/forms/rules.ts";

/**
 * Sealed letters, to be opened in the browser. POST is one of its buttons; but for deleting they need
 * a script, which wants no page in return.
 */
export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "messages",
  keepsTyped: false,
  get: async ({ page, session, query }) => {
    const current = Math.min(1000, Math.max(1, Math.trunc(Number(query.get("page"))) || 1));
    const own = await load(page, session, current);
    return {
      title: page.t("inbox.title"),
      seals: true,
      body: own ? (
        <InboxView page={page} {...own} current={current} closed={query.get("done") === "close"} />
      ) : (
        <NoListingView page={page} />
      ),
    };
  },
  post: async ({ page, session, typed, form }) => {
    await press(page, session, typed, form);
    return { to: `/account/messages?done=${typedValue(typed, "intent")}` };
  },
});

async function load(page: Page, session: Session, current: number) {
  try {
    const { therapistId, keys } = await listOwnKeys(session, new Date());
    const inbox = await listLetters(session, { page: current, today: page.today });
    return { therapistId, keys, inbox };
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

async function press(page: Page, session: Session, typed: Typed, form: FormData): Promise<void> {
  const enquiryId = typedValue(typed, "letter");
  switch (typedValue(typed, "intent")) {
    case "answer": {
      // Longer than what people type: read as it came.
      const reply = newReply.safeParse({ enquiryId, ciphertext: form.get("ciphertext") });
      if (!reply.success) throw new BodyError("no-form");
      return sendReply(session, reply.data, new Date());
    }
    case "show": {
      const shown = parseForm(abuseForm, typed);
      if (!shown.ok) throw new BodyError("no-form");
      return revealAbuse(session, { enquiryId, words: shown.value.words }, page.today);
    }
    case "close":
      return closeEnquiry(session, typedList(typed, "letter").slice(0, lettersAPage));
    default:
      throw new BodyError("no-form");
  }
}
