import type { ReactElement } from "react";
import { accountPage, type NotInFrame } from "#app/account/account-page.tsx";
import { staffHeaders } from "#app/account/respond.tsx";
import { renderHtml } from "#app/reader/html.ts";
import { type ClosedBecause, DocumentClosed } from "#components/cases/document-closed.tsx";
import { DocumentPages } from "#components/cases/document-pages.tsx";
import { caseWorkers } from "#lib/cases/rules.ts";
import { pictureOfPages } from "#lib/evidence/clean-file.ts";
import { type ReadEvidence, readEvidence } from "#lib/evidence/read-evidence.ts";

/** A page that a case page may show in a frame, and that runs and asks for nothing. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** One document of a claimed case, as pictures. Each look is on record before a byte is out. */
export const { GET } = accountPage<typeof caseWorkers, { locale: string; id: string }>({
  access: caseWorkers,
  fresh: true,
  get: async ({ page, session, params }) => {
    const document = await readEvidence(session, params.id);
    const pictures = await picturesOf(document);
    return framePage(
      <DocumentPages page={page} fileName={document.fileName} pictures={pictures} />,
    );
  },
  inFrame: (page, why) => {
    const { because, status } = closed[why];
    return framePage(<DocumentClosed page={page} why={because} />, status);
  },
});

const closed: Record<NotInFrame, { because: ClosedBecause; status: number }> = {
  "sign-in": { because: "signedOut", status: 401 },
  "second-factor": { because: "closed", status: 401 },
  "set-up-second-factor": { because: "closed", status: 401 },
  notFound: { because: "gone", status: 404 },
  unavailable: { because: "away", status: 503 },
};

function framePage(body: ReactElement, status = 200): Response {
  const headers = staffHeaders({ "Content-Security-Policy": contentSecurityPolicy });
  return new Response(renderHtml(body), { status, headers });
}

async function picturesOf({ mediaType, bytes }: ReadEvidence): Promise<string[]> {
  const asAddress = (type: string, picture: Buffer) =>
    `data:${type};base64,${picture.toString("base64")}`;
  if (mediaType !== "application/pdf") return [asAddress(mediaType, bytes)];
  return (await pictureOfPages(bytes)).map((picture) => asAddress("image/jpeg", picture));
}
