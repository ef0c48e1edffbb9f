import { accountPage } from "#app/account/account-page.tsx";
import { AuditView } from "#components/audit/audit-view.tsx";
import type { CheckResult } from "#components/audit/chain-check.tsx";
import type { FormView } from "#components/forms/form-view.ts";
import type { Page } from "#components/ui/page.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { type Head, mostCheckedOnPage } from "#lib/audit/rules.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { auditReaders } from "#lib/auditing/access.ts";
import { listEvents } from "#lib/auditing/queries.ts";
import { type AuditFilters, auditFilters, before, checkForm } from "#lib/auditing/schema.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { type FieldErrors, parseForm, type Typed, typedOf } from "#lib/forms/rules.ts";

/** What was done: GET shows the events that were asked for, POST checks the chain as well. */
export const { GET, POST } = accountPage({
  access: auditReaders,
  area: "audit",
  get: ({ page, session, query }) => view(page, session, query),
  post: async ({ page, session, query, typed }) => {
    const parsed = parseForm(checkForm, typed);
    if (!parsed.ok) return view(page, session, query, { typed, errors: parsed.errors });
    return view(page, session, query, { typed, verdict: await check(parsed.value.head) });
  },
});

async function check(kept: Head | null): Promise<CheckResult> {
  const { seq } = await readHead();
  return seq > mostCheckedOnPage ? "too-long" : verifyChain({ kept });
}

type Sent = { typed?: Typed; errors?: FieldErrors; verdict?: CheckResult };

async function view(page: Page, actor: Actor, query: URLSearchParams, sent: Sent = {}) {
  const asked = typedOf(query);
  const parsed = parseForm(auditFilters, asked);
  const filters = parsed.ok ? parsed.value : everything;
  const last = before.parse(query.get("before"));
  const events = await listEvents(actor, { filters, before: last });
  const errors = { ...(parsed.ok ? {} : parsed.errors), ...sent.errors };
  const form: FormView = { page, typed: { ...asked, ...sent.typed }, errors, label: labels(page) };
  return {
    title: page.t("audit.title"),
    status: Object.keys(errors).length > 0 ? 422 : 200,
    body: (
      <AuditView
        form={form}
        filters={filters}
        events={events}
        newest={last === 0}
        verdict={sent.verdict ?? null}
      />
    ),
  };
}

const everything: AuditFilters = {
  verb: null,
  who: null,
  kind: null,
  subject: null,
  from: null,
  to: null,
};

function labels({ t }: Page): (field: string) => string {
  const names = ["verb", "who", "kind", "subject", "from", "to"] as const;
  return (field) => {
    const name = names.find((known) => known === field);
    return name ? t(`audit.filters.${name}`) : t("audit.chain.headField");
  };
}
