import { accountPage } from "#app/account/account-page.tsx";
import { ConflictError } from "#lib/errors.ts";
import { answerItems } from "#lib/questions/answer-items.ts";
import { listOpenItems } from "#lib/questions/queries.ts";
import { readAnswers } from "#lib/questions/schema.ts";
import { questionsPage } from "./questions-page.tsx";

/** What moderators ask: GET shows it, POST answers some or all of it. */
export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "questions",
  get: ({ page, session, query }) => {
    const done = query.get("done");
    const known = done === "answered" || done === "sent" ? done : null;
    return questionsPage(page, session, { done: known });
  },
  post: async ({ page, session, typed }) => {
    const parsed = readAnswers(typed, await listOpenItems(session));
    if (!parsed.ok) {
      return questionsPage(page, session, { typed, errors: parsed.errors, status: 422 });
    }
    try {
      await answerItems(session, parsed.value);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return questionsPage(page, session, { typed, conflict: error.reason, status: 409 });
    }
    return { to: "/account/questions?done=answered" };
  },
});
