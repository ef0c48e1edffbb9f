import type { AuditFilters } from "#lib/auditing/schema.ts";

/** The address of events like these. */
export function pathOf(
  filters: Partial<AuditFilters>,
  more: Record<string, string> = {},
  path = "/moderation/audit",
): string {
  const said = Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const query = new URLSearchParams([...said, ...Object.entries(more)]).toString();
  return query ? `${path}?${query}` : path;
}
