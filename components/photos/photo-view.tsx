import { evidenceLimits } from "#lib/evidence/rules.ts";
import { FrozenFilesNotice } from "../evidence/frozen-files-notice.tsx";
import { UploadForm } from "../evidence/upload-form.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { Portrait } from "../profiles/portrait.tsx";

export type PhotoPage = {
  photoId: string | null;
  name: string;
  frozen: boolean;
  done: "added" | "removed" | null;
};

/** A therapist's own photo, or the initials in its place. */
export function PhotoView({ form, view }: { form: FormView; view: PhotoPage }) {
  const { page } = form;
  const { t, href } = page;
  const { photoId, name, frozen, done } = view;
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href("/account/profile")}>{t("evidence.photo.back")}</a>
      </p>
      <ErrorSummary form={form} />
      {done && <SavedNotice>{t(`evidence.photo.${done}`)}</SavedNotice>}
      <h1>{t("evidence.photo.title")}</h1>
      <p className="lead">{t("evidence.photo.lead")}</p>
      {frozen && <FrozenFilesNotice page={page} />}
      {(photoId !== null || name !== "") && (
        <Portrait
          page={page}
          name={name || t("evidence.photo.you")}
          photoId={photoId}
          shown="large"
        />
      )}
      {photoId === null && <p>{t("evidence.photo.none")}</p>}
      {photoId !== null && !frozen && (
        <form method="post" action={href("/account/photo")}>
          <button type="submit" name="intent" value="remove" className="plain">
            {t("evidence.photo.remove")}
          </button>
        </form>
      )}
      {!frozen && (
        <UploadForm
          form={form}
          action={href("/account/photo")}
          accept={["image/jpeg", "image/png"]}
          maxBytes={evidenceLimits.fileBytes}
          hint={t("evidence.photo.hint")}
          button={t("evidence.photo.send")}
        />
      )}
    </div>
  );
}
