import { accountPage } from "#app/account/account-page.tsx";
import { contentSecurityPolicy } from "#app/account/respond.tsx";
import { LookView } from "#components/cases/look-view.tsx";
import { PlaybookPanel } from "#components/playbooks/playbook-panel.tsx";
import { FindingList } from "#components/registers/finding-list.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { decide } from "#lib/decisions/decide.ts";
import { actionsOn, mayDecide } from "#lib/decisions/transitions.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import type { Playbook } from "#lib/playbooks/queries.ts";
import { listFindings } from "#lib/registers/queries.ts";
import {
  type CaseParams,
  formOf,
  namesFor,
  requireClaim,
  requireClaimed,
} from "../../../case-page.tsx";
import { playbookOf } from "./playbook-of.ts";
import { readLook } from "./read-look.ts";

/** One look at one claim: how to look it up, what was shown, and the form for what was found. */
export const { GET, POST } = accountPage<typeof caseWorkers, CaseParams & { checkId: string }>({
  access: caseWorkers,
  area: "queue",
  fresh: true,
  get: async ({ page, session, params }) => {
    const file = await requireClaimed(page, session, params.id);
    const claim = requireClaim(file, params.checkId);
    const typed = firstGuess(claim, await playbookOf(file, claim));
    return view(page, session, { file, claim, typed });
  },
  post: async ({ page, session, params, typed }) => {
    const file = await requireClaimed(page, session, params.id);
    const claim = requireClaim(file, params.checkId);
    const look = readLook(typed, claim.now, file.details?.documents ?? [], page.today);
    if (!look.ok) return view(page, session, { file, claim, typed, errors: look.errors });
    const about = { caseId: params.id, checkId: params.checkId };
    const { state } = await decide(session, { ...about, ...look.value });
    return { to: `/moderation/cases/${params.id}?done=${state}` };
  },
});

type Shown = { file: CaseFile; claim: LookedAt; typed: Typed; errors?: FieldErrors };

async function view(page: Page, session: Session, { file, claim, typed, errors }: Shown) {
  const { now } = claim;
  const { id, kind } = file.case;
  const waits = file.decisions.some(
    ({ checkId, state }) => checkId === now.id && state === "proposed",
  );
  const actions = actionsOn("check", now.state, kind).filter((action) =>
    mayDecide(session.roles, action, now.track),
  );
  const [playbook, findings] = await Promise.all([
    playbookOf(file, claim),
    listFindings(session, id),
  ]);
  return {
    title: page.t("moderation.look.title"),
    status: errors ? 422 : 200,
    headers: { "Content-Security-Policy": `${contentSecurityPolicy}; frame-src 'self'` },
    body: (
      <LookView
        form={formOf(page, typed, errors)}
        file={file}
        claim={claim}
        actions={waits ? [] : actions}
        names={namesFor(page)}
        playbook={playbook && <PlaybookPanel page={page} playbook={playbook} />}
        findings={
          <FindingList
            page={page}
            findings={findings.filter(({ checkId }) => checkId === now.id)}
            path={`/moderation/cases/${id}`}
          />
        }
      />
    ),
  };
}

/** Where to look, by the playbook or else the last look; never what was found there. */
function firstGuess({ now, earlier }: LookedAt, playbook: Playbook | null): Typed {
  const last = [now, ...earlier].find(({ authority }) => authority !== null);
  const ends = now.claim.expiresOn;
  return {
    authority: [playbook?.name ?? last?.authority ?? ""],
    sourceUrl: [playbook?.url ?? last?.sourceUrl ?? ""],
    ...(typeof ends === "string" && { expiresOn: [ends] }),
  };
}
