import { accountPage } from "#app/account/account-page.tsx";
import { type KeyNews, KeysView, keyNews } from "#components/inbox/keys-view.tsx";
import { NoListingView } from "#components/inbox/no-listing-view.tsx";
import type { Session } from "#lib/auth/rules.ts";
import { addKey } from "#lib/enquiries/add-key.ts";
import { cancelKey } from "#lib/enquiries/cancel-key.ts";
import { listOwnKeys } from "#lib/enquiries/queries.ts";
import { rewrapKeys } from "#lib/enquiries/rewrap-keys.ts";
import { newKey, newWraps } from "#lib/enquiries/schema.ts";
import { withdrawKey } from "#lib/enquiries/withdraw-key.ts";
import { BodyError, NotFoundError } from "#lib/errors.ts";
import { type Typed, typedList, typedValue } from "#lib/forms/rules.ts";

/** A therapist's keys. Making them and their ways in needs a script; taking one back does not. */
export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "messages",
  fresh: "if-set-up",
  get: async ({ page, session, query }) => {
    const keys = await load(session);
    const news = keyNews.find((known) => known === query.get("done")) ?? null;
    return {
      title: page.t("inbox.keys.title"),
      seals: true,
      body: keys ? <KeysView page={page} keys={keys} news={news} /> : <NoListingView page={page} />,
    };
  },
  post: async ({ session, typed }) => {
    const done = await press(session, typed);
    return { to: `/account/messages/keys?done=${done}` };
  },
});

async function load(session: Session) {
  try {
    return (await listOwnKeys(session, new Date())).keys;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

async function press(session: Session, typed: Typed): Promise<KeyNews> {
  const now = new Date();
  const keyId = typedValue(typed, "key");
  switch (typedValue(typed, "intent")) {
    case "add": {
      await addKey(session, readKey(typed), now);
      const { keys } = await listOwnKeys(session, now);
      return keys.some(({ state }) => state === "waiting") ? "waiting" : "first";
    }
    case "cancel":
      await cancelKey(session, keyId, now);
      return "cancelled";
    case "withdraw":
      await withdrawKey(session, keyId, now);
      return "withdrawn";
    case "rewrap":
      await rewrapKeys(session, readWraps(typed));
      return "rewrapped";
    default:
      throw new BodyError("no-form");
  }
}

/** A script writes these forms: what is wrong in one was not sent by ours. */
function readKey(typed: Typed) {
  const key = newKey.safeParse({
    recipient: typedValue(typed, "recipient"),
    wrappedByPassphrase: typedValue(typed, "wrappedByPassphrase"),
    wrappedByRecovery: typedValue(typed, "wrappedByRecovery"),
    wrappedByPasskey: typedValue(typed, "wrappedByPasskey") || null,
  });
  if (!key.success) throw new BodyError("no-form");
  return key.data;
}

function readWraps(typed: Typed) {
  const wrapped = typedList(typed, "wrapped");
  const keys = typedList(typed, "key").map((keyId, at) => ({ keyId, wrapped: wrapped[at] }));
  const wraps = newWraps.safeParse({ by: typedValue(typed, "by"), keys });
  if (!wraps.success) throw new BodyError("no-form");
  return wraps.data;
}
