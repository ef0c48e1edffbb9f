import { accountPage } from "#app/account/account-page.tsx";
import { fileErrors, fileStatus, sentFile, UPLOAD_BYTES } from "#app/account/sent-file.ts";
import { type PhotoPage, PhotoView } from "#components/photos/photo-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { type FieldErrors, typedValue } from "#lib/forms/rules.ts";
import { getOwnPhoto } from "#lib/photos/queries.ts";
import { removePhoto } from "#lib/photos/remove-photo.ts";
import { setPhoto } from "#lib/photos/set-photo.ts";

export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "profile",
  maxBytes: UPLOAD_BYTES,
  get: ({ page, session, query }) => {
    const done = query.get("done");
    return answer(page, session, {}, done === "added" || done === "removed" ? done : null);
  },
  post: async ({ page, session, form, typed }) => {
    if (typedValue(typed, "intent") === "remove") {
      await removePhoto(session);
      return { to: "/account/photo?done=removed" };
    }
    const file = await sentFile(form);
    if (!file) return answer(page, session, { file: { code: "no-file" } });
    try {
      await setPhoto(session, file);
    } catch (error) {
      return answer(page, session, asPicture(fileErrors(error)));
    }
    return { to: "/account/photo?done=added" };
  },
});

/** Here a PDF is no help either. */
function asPicture(errors: FieldErrors): FieldErrors {
  return errors.file?.code === "not-a-document" ? { file: { code: "not-a-picture" } } : errors;
}

async function answer(
  page: Page,
  actor: Actor,
  errors: FieldErrors,
  done: PhotoPage["done"] = null,
) {
  const own = await getOwnPhoto(actor);
  const form = { page, typed: {}, errors, label: () => page.t("evidence.photo.file") };
  return {
    title: page.t("evidence.photo.title"),
    status: fileStatus(errors),
    body: <PhotoView form={form} view={{ ...own, done }} />,
  };
}
