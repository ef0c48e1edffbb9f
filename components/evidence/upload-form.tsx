import { FieldFrame } from "../forms/field-frame.tsx";
import { describedBy, errorText, type FormView } from "../forms/form-view.ts";

type UploadFormProps = {
  form: FormView;
  action: string;
  /** Media types that browsers offer to choose from. */
  accept: readonly string[];
  maxBytes: number;
  hint: string;
  button: string;
};

/**
 * One file to send. What is hidden is for scripts: a place to drop it, how far it is, a way to stop.
 */
export function UploadForm({ form, action, accept, maxBytes, hint, button }: UploadFormProps) {
  const { t } = form.page;
  const error = errorText(form, "file");
  return (
    <form
      method="post"
      encType="multipart/form-data"
      action={action}
      className="upload"
      noValidate
      data-upload
      data-max={maxBytes}
      data-too-large={t("forms.error.too-large")}
      data-sending={t("evidence.sending", { percent: "{percent}" })}
      data-looking={t("evidence.looking")}
      data-stopped={t("evidence.stopped")}
      data-failed={t("evidence.failed")}
    >
      <FieldFrame form={form} name="file" hint={hint}>
        <input
          type="file"
          id="file"
          name="file"
          accept={accept.join(",")}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy("file", { hint, error })}
        />
      </FieldFrame>
      <p data-drop hidden>
        {t("evidence.drop")}
      </p>
      <p data-said role="status" />
      <p data-progress hidden>
        <progress max={100} value={0} aria-label={t("evidence.progress")} />
        <button type="button" className="plain">
          {t("evidence.stop")}
        </button>
      </p>
      <button type="submit">{button}</button>
    </form>
  );
}
