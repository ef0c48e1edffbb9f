import type { Page } from "../ui/page.ts";
import { Sayings } from "./sayings.tsx";

/** Where a script says how far it is, and what went wrong and what to do then. */
export function ProgressLines({ page: { t } }: { page: Page }) {
  return (
    <>
      <p className="alarm" role="alert" data-alarm />
      <p className="step" role="status" data-status />
      <progress aria-label={t("letters.step.bar")} hidden />
      <Sayings
        sayings={{
          asking: t("letters.step.asking"),
          working: t("letters.step.working"),
          sending: t("letters.step.sending"),
          offline: t("letters.trouble.offline"),
          busy: t("letters.trouble.busy"),
          away: t("letters.trouble.away"),
          proof: t("letters.trouble.proof"),
          "no-worker": t("letters.trouble.noWorker"),
          failed: t("letters.trouble.failed"),
        }}
      />
    </>
  );
}
