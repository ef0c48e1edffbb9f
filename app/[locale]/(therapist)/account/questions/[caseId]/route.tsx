import { accountPage } from "#app/account/account-page.tsx";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { listOwnCases } from "#lib/questions/queries.ts";
import { mostMessagesADay, wordsField } from "#lib/questions/rules.ts";
import { readMessage } from "#lib/questions/schema.ts";
import { writeToModerators } from "#lib/questions/write-to-moderators.ts";
import { questionsPage } from "../questions-page.tsx";

/** POST sends a message about one case; all of them stand on the page of questions. */
export const { GET, POST } = accountPage<["therapist"], { locale: string; caseId: string }>({
  access: ["therapist"],
  area: "questions",
  get: () => ({ to: "/account/questions" }),
  post: async ({ page, session, typed, params: { caseId } }) => {
    const parsed = readMessage(typed, caseId);
    if (!parsed.ok) {
      const known = (await listOwnCases(session)).some(({ id }) => id === caseId);
      if (!known) throw new NotFoundError();
      return questionsPage(page, session, { typed, errors: parsed.errors, status: 422 });
    }
    try {
      await writeToModerators(session, { caseId, words: parsed.value });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if (error.reason !== "too-many") {
        return questionsPage(page, session, { typed, conflict: error.reason, status: 409 });
      }
      const tooMany = { code: "too-many-today", values: { max: mostMessagesADay } };
      const errors = { [wordsField(caseId)]: tooMany };
      return questionsPage(page, session, { typed, errors, status: 422 });
    }
    return { to: "/account/questions?done=sent" };
  },
});
