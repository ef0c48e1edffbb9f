import { accountPage } from "#app/account/account-page.tsx";
import { regionGroups } from "#app/reader/region-groups.ts";
import { QueueView } from "#components/cases/queue-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { listQueue, queuePage } from "#lib/cases/queries.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { queueFilters } from "#lib/cases/schema.ts";
import { ConflictError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";

/** The queue: GET shows what was asked for, POST claims one case of it. */
export const { GET, POST } = accountPage({
  access: caseWorkers,
  area: "queue",
  get: ({ page, session, query }) => view(page, session, query),
  post: async ({ page, session, query, typed }) => {
    const caseId = typedValue(typed, "case");
    try {
      await claimCase(session, caseId);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return view(page, session, query, { taken: true });
    }
    return { to: `/moderation/cases/${caseId}` };
  },
});

async function view(page: Page, session: Session, query: URLSearchParams, { taken = false } = {}) {
  const filters = queueFilters.parse(Object.fromEntries(query));
  const now = new Date();
  const queue = await listQueue(session, filters, now);
  return {
    title: page.t("moderation.queue.title"),
    status: taken ? 409 : 200,
    body: (
      <QueueView
        page={page}
        queue={queue}
        filters={filters}
        perPage={queuePage}
        regions={regionGroups(page.locale)}
        now={now}
        taken={taken}
      />
    ),
  };
}
