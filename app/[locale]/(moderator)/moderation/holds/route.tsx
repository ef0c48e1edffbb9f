import { accountPage } from "#app/account/account-page.tsx";
import { HoldsView } from "#components/holds/holds-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed, typedValue } from "#lib/forms/rules.ts";
import { liftHold } from "#lib/holds/lift-hold.ts";
import { findTherapistId, listHolds } from "#lib/holds/queries.ts";
import { holdReaders } from "#lib/holds/rules.ts";
import { holdForm } from "#lib/holds/schema.ts";
import { setHold } from "#lib/holds/set-hold.ts";

export const { GET, POST } = accountPage({
  access: holdReaders,
  area: "holds",
  fresh: true,
  get: ({ page, session, query }) =>
    view(page, session, {
      typed: { therapist: [query.get("therapist") ?? ""] },
      done: query.get("done"),
    }),
  post: ({ page, session, typed }) => {
    const holdId = typedValue(typed, "lift");
    return holdId === "" ? set(page, session, typed) : lift(page, session, holdId);
  },
});

async function set(page: Page, session: Session, typed: Typed) {
  const parsed = parseForm(holdForm, typed);
  if (!parsed.ok) return view(page, session, { typed, errors: parsed.errors });
  const { therapist, reason } = parsed.value;
  const wrong = (code: string) => view(page, session, { typed, errors: { therapist: { code } } });
  const therapistId = await findTherapistId(session, therapist);
  if (therapistId === null) return wrong("no-listing");
  try {
    await setHold(session, { therapistId, reason });
  } catch (error) {
    if (error instanceof ConflictError) return wrong(error.reason);
    throw error;
  }
  return { to: "/moderation/holds?done=set" };
}

async function lift(page: Page, session: Session, holdId: string) {
  try {
    await liftHold(session, { holdId });
  } catch (error) {
    if (error instanceof ConflictError) return view(page, session, { gone: true });
    throw error;
  }
  return { to: "/moderation/holds?done=lifted" };
}

type Shown = { typed?: Typed; errors?: FieldErrors; done?: string | null; gone?: boolean };

async function view(page: Page, session: Session, shown: Shown) {
  const { typed = {}, errors = {}, done = null, gone = false } = shown;
  return {
    title: page.t("holds.title"),
    body: (
      <HoldsView
        form={{ page, typed, errors, label: (field) => labelOf(page, field) }}
        holds={await listHolds(session)}
        mayChange={session.roles.includes("lead")}
        said={gone ? "gone" : done === "set" || done === "lifted" ? done : null}
      />
    ),
    status: gone ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  };
}

function labelOf({ t }: Page, field: string) {
  return t(field === "reason" ? "holds.field.reason" : "holds.field.therapist");
}
