import { type Db, primary } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import { claimTopic, requireDraft } from "./open-draft.ts";
import type { Topic } from "./topic.ts";
import { about } from "./topic-about.ts";
import { basics } from "./topic-basics.ts";
import { contact } from "./topic-contact.ts";
import { disclosure } from "./topic-disclosure.ts";
import { fees } from "./topic-fees.ts";
import { place } from "./topic-place.ts";
import { practice } from "./topic-practice.ts";
import { trainings } from "./topic-trainings.ts";

/** The pages of the editor that are one form; licences have a page for each of them. */
export const topics = {
  basics,
  place,
  trainings,
  practice,
  disclosure,
  fees,
  about,
  contact,
} satisfies Record<string, Topic>;

export type TopicName = keyof typeof topics;

/**
 * Writes one page of the editor into the open draft, all of it or nothing.
 * @param seen the version of the page that the form was made from; 0 before the first save
 * @returns every field that is wrong; null when it is saved
 * @throws ConflictError when another tab was first, or while moderators have the revision
 */
export async function saveTopic(
  actor: Actor,
  { topic, seen, typed }: { topic: TopicName; seen: number; typed: Typed },
  db: Db = primary(),
): Promise<FieldErrors | null> {
  const form = await topics[topic].read(typed);
  if (!form.ok) return form.errors;
  await db.transaction(async (tx) => {
    const draft = await requireDraft(actor, tx);
    await claimTopic(draft, topic, seen, tx);
    await form.value(draft, tx);
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "revision.save",
        subject: { kind: "revision", id: draft.revisionId },
        details: { topic },
      },
      tx,
    );
  });
  return null;
}
