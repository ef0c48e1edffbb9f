import type { StaffRole } from "#lib/roles/rules.ts";
import type { Page } from "../ui/page.ts";

/** "Moderator and Lead", or that there is none. */
export function roleWords({ t, list }: Page, roles: readonly StaffRole[]): string {
  if (roles.length === 0) return t("roles.none");
  return list(roles.map((role) => t(`roles.name.${role}`)));
}

/** Names are not asked for, so an address stands in for one. */
export function nameOf({ name, email }: { name: string; email: string }): string {
  return name || email;
}
