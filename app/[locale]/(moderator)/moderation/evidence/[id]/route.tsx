import { accountPage } from "#app/account/account-page.tsx";
import { staffHeaders } from "#app/account/respond.tsx";
import { renderHtml } from "#app/reader/html.ts";
import { DocumentPages } from "#components/cases/document-pages.tsx";
import { caseWorkers } from "#lib/cases/rules.ts";
import { pictureOfPages } from "#lib/evidence/clean-file.ts";
import { type ReadEvidence, readEvidence } from "#lib/evidence/read-evidence.ts";

/** A page that a case page may show in a frame, and that runs and asks for nothing. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** One document of a claimed case, as pictures. Each look is on record before a byte is out. */
export const { GET } = accountPage<typeof caseWorkers, { locale: string; id: string }>({
  access: caseWorkers,
  fresh: true,
  get: async ({ page, session, params }) => {
    const document = await readEvidence(session, params.id);
    const pictures = await picturesOf(document);
    const html = renderHtml(
      <DocumentPages page={page} fileName={document.fileName} pictures={pictures} />,
    );
    const headers = staffHeaders({ "Content-Security-Policy": contentSecurityPolicy });
    return new Response(html, { headers });
  },
});

async function picturesOf({ mediaType, bytes }: ReadEvidence): Promise<string[]> {
  const asAddress = (type: string, picture: Buffer) =>
    `data:${type};base64,${picture.toString("base64")}`;
  if (mediaType !== "application/pdf") return [asAddress(mediaType, bytes)];
  return (await pictureOfPages(bytes)).map((picture) => asAddress("image/jpeg", picture));
}
