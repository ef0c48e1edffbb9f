import type { EvidenceSubject } from "#db/vocabulary.ts";
import type { EvidenceItem } from "#lib/evidence/queries.ts";
import { documentTypes, evidenceLimits } from "#lib/evidence/rules.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { FrozenFilesNotice } from "./frozen-files-notice.tsx";
import { UploadForm } from "./upload-form.tsx";

export type EvidencePage = {
  subject: EvidenceSubject;
  /** The claim in words, such as "LMFT 123456, California". */
  claim: string;
  /** This page, without its language. */
  path: string;
  items: readonly EvidenceItem[];
  /** What is there cannot be taken away now. */
  frozen: boolean;
  /** One more can join. */
  open: boolean;
  /** Moderators ask about this claim. */
  asked: boolean;
  done: "added" | "removed" | null;
};

/** The documents of one claim, and a way to add another. */
export function EvidenceView({ form, view }: { form: FormView; view: EvidencePage }) {
  const { page } = form;
  const { t, href } = page;
  const { subject, items, frozen, open, asked, done } = view;
  const { perClaim, pages, fileBytes } = evidenceLimits;
  const back = subject === "training" ? "trainings" : "licences";
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href(`/account/profile/${back}`)}>{t(`evidence.back.${back}`)}</a>
      </p>
      {asked && (
        <p className="back">
          <a href={href("/account/questions")}>{t("questions.title")}</a>
        </p>
      )}
      <ErrorSummary form={form} />
      {done && <SavedNotice>{t(`evidence.done.${done}`)}</SavedNotice>}
      <h1>{t("evidence.of", { claim: view.claim })}</h1>
      <p className="lead">{t(`evidence.lead.${subject}`)}</p>
      {!open && <FrozenFilesNotice page={page} />}
      <EvidenceList
        page={page}
        items={items}
        hrefs={{ file: (id) => href(`${view.path}/${id}`), add: null }}
        frozen={frozen}
      />
      {open && items.length >= perClaim && <p>{t("evidence.full", { max: perClaim })}</p>}
      {open && items.length < perClaim && (
        <UploadForm
          form={form}
          action={href(view.path)}
          accept={documentTypes}
          maxBytes={fileBytes}
          hint={t("evidence.hint", { pages })}
          button={t("evidence.send")}
        />
      )}
      <Notice id="who-sees" heading={t("evidence.whoHeading")}>
        <p>{t("evidence.who")}</p>
        <p>{t("evidence.redrawn")}</p>
      </Notice>
    </div>
  );
}
