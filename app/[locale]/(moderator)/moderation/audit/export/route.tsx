import { accountPage } from "#app/account/account-page.tsx";
import { staffHeaders } from "#app/account/respond.tsx";
import { auditReaders } from "#lib/auditing/access.ts";
import { exportEvents } from "#lib/auditing/export-events.ts";
import { auditFilters, exportFormats } from "#lib/auditing/schema.ts";
import { NotFoundError } from "#lib/errors.ts";
import { parseForm, typedOf } from "#lib/forms/rules.ts";

const mediaTypes = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
} as const;

/** The events that were asked for, as a file; its bytes are sent as they are read. */
export const { GET, POST } = accountPage({
  access: auditReaders,
  fresh: true,
  area: "audit",
  get: async ({ page, session, query }) => {
    const format = exportFormats.find((known) => known === query.get("format"));
    const parsed = parseForm(auditFilters, typedOf(query));
    // Addresses come from the page, where a wrong filter is told of in words.
    if (!format || !parsed.ok) throw new NotFoundError();
    const lines = await exportEvents(session, { filters: parsed.value, format });
    const headers = staffHeaders({
      "Content-Type": mediaTypes[format],
      "Content-Disposition": `attachment; filename="audit-${page.today}.${format}"`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
    });
    return new Response(asTaken(lines), { headers });
  },
});

/** Nothing is read ahead of whoever takes it, and nothing more once they are gone. */
function asTaken(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
