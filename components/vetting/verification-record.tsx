import type { Page } from "../ui/page.ts";
import { RecordLine, type RecordView } from "./record-line.tsx";

/** Four tracks, never one badge: each look with its source, its date and the next look. */
export function VerificationRecord({ page, record }: { page: Page; record: RecordView }) {
  const { t } = page;
  return (
    <section aria-labelledby="record" className="record">
      <h2 id="record">{t("profile.record")}</h2>
      <p className="note">
        {t("profile.recordLead")} <a href={page.href("/how-we-vet")}>{t("site.howWeVet")}</a>
      </p>
      {record.map(({ track, checks }) => (
        <div key={track}>
          <h3>{t(`track.${track}`)}</h3>
          {checks.length === 0 ? (
            <p>{t("record.none")}</p>
          ) : (
            <ul>
              {checks.map((check) => (
                <RecordLine key={check.id} page={page} check={check} />
              ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  );
}
