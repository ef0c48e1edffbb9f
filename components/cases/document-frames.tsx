import type { CaseDocument } from "#lib/case-files/load-documents.ts";
import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { Page } from "../ui/page.ts";
import { dayOf } from "./case-words.ts";

/** The documents that were shown for the claim of a look. */
export function documentsOf(
  documents: readonly CaseDocument[],
  { claimType, credentialId, trainingId }: LookedAt["now"],
): CaseDocument[] {
  return documents.filter(
    (document) =>
      document.subject === claimType &&
      document.credentialId === (claimType === "credential" ? credentialId : null) &&
      document.trainingId === (claimType === "training" ? trainingId : null),
  );
}

type DocumentFramesProps = { page: Page; documents: readonly CaseDocument[] };

/**
 * Each document opens in place, so that nothing typed beside it is lost. A look leaves word, so the
 * frame is empty until someone asks: without scripts a browser loads a lazy frame with its page.
 */
export function DocumentFrames({ page, documents }: DocumentFramesProps) {
  const { t, href } = page;
  return (
    <section aria-labelledby="documents">
      <h2 id="documents">{t("moderation.documents.heading")}</h2>
      {documents.length === 0 ? (
        <p>{t("moderation.documents.none")}</p>
      ) : (
        <p className="note">{t("moderation.documents.onRecord")}</p>
      )}
      {documents.map((document) => (
        <details key={document.id} className="document" data-document>
          <summary>
            {document.fileName}{" "}
            <small>{t("evidence.addedOn", { day: dayOf(page, document.uploadedAt) })}</small>
          </summary>
          <p className="buttons">
            <a
              href={href(`/moderation/evidence/${document.id}`)}
              target={`document-${document.id}`}
            >
              {t("moderation.documents.here")}
            </a>
            <a href={href(`/moderation/evidence/${document.id}`)} target="_blank" rel="noopener">
              {t("moderation.documents.alone")}
            </a>
          </p>
          <iframe name={`document-${document.id}`} title={document.fileName} />
        </details>
      ))}
    </section>
  );
}
