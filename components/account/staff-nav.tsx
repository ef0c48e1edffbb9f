import type { Role } from "#db/vocabulary.ts";
import { type Session, staffRoles } from "#lib/auth/rules.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { abuseReaders } from "#lib/enquiries/rules.ts";
import { holdReaders } from "#lib/holds/rules.ts";
import { roleReaders } from "#lib/roles/rules.ts";
import type { Page } from "../ui/page.ts";

const areas = {
  queue: { path: "/moderation", roles: caseWorkers },
  people: { path: "/moderation/people", roles: roleReaders },
  abuse: { path: "/moderation/abuse", roles: abuseReaders },
  playbooks: { path: "/moderation/playbooks", roles: staffRoles },
  registers: { path: "/moderation/registers", roles: ["moderator", "lead", "auditor"] },
  mails: { path: "/moderation/mails", roles: ["moderator", "lead"] },
  audit: { path: "/moderation/audit", roles: ["auditor", "lead"] },
  holds: { path: "/moderation/holds", roles: holdReaders },
} as const satisfies Record<string, { path: string; roles: readonly Role[] }>;

export type StaffArea = keyof typeof areas;

type StaffNavProps = { page: Page; session: Session; area: string | null };

/** Ways to what the staff works on, by role; who lacks a second factor is led to set one up. */
export function StaffNav({ page, session, area }: StaffNavProps) {
  const { t, href } = page;
  const open = (Object.keys(areas) as StaffArea[]).filter((name) =>
    areas[name].roles.some((role) => session.heldRoles.includes(role)),
  );
  if (open.length === 0) return null;
  return (
    <nav className="staff-nav" aria-label={t("roles.nav.label")}>
      {open.map((name) => (
        <a
          key={name}
          href={href(areas[name].path)}
          aria-current={name === area ? "page" : undefined}
        >
          {t(`roles.nav.${name}`)}
        </a>
      ))}
    </nav>
  );
}
