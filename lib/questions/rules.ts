/** Messages that a therapist can write to moderators within a day. */
export const mostMessagesADay = 20;

/** The field that holds the answer to one question. */
export const answerField = (itemId: string) => `answer-${itemId}`;

/** The field that holds a message about one case. */
export const wordsField = (caseId: string) => `words-${caseId}`;
