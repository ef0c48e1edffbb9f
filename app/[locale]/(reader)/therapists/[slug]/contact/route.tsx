import { type ReaderRequest, readerPage } from "#app/reader/reader-page.tsx";
import { TroubleNote } from "#components/directory/trouble-note.tsx";
import { ContactView } from "#components/profiles/contact-view.tsx";
import { askTruth } from "#lib/circuits/truth.ts";
import { askForReader } from "#lib/directory/ask-for-reader.ts";
import { unlessHidden } from "#lib/directory/unless-hidden.ts";
import { getActiveKey } from "#lib/enquiries/active-key.ts";
import { NotFoundError } from "#lib/errors.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";
import { getContactWays } from "#lib/profiles/queries.ts";

type Params = { locale: string; slug: string };

/** Asks first, then shows: a crawl that follows links never meets a contact detail. */
export const GET = readerPage<Params>((request) => contactPage(request, false));
export const POST = readerPage<Params>((request) => contactPage(request, true));

async function contactPage({ page, params: { slug } }: ReaderRequest<Params>, shown: boolean) {
  const { given: contact, asOf } = await askForReader(
    (db, hidden) => unlessHidden(slug, page.today, hidden, db, getContactWays),
    { stamp: currentStamp() },
  );
  if (contact === null) throw new NotFoundError();
  // A key that was taken back a moment ago is in a replica still; without the primary there is none.
  const key = asOf ? null : await askTruth((db) => getActiveKey(slug, new Date(), db));
  return {
    title: page.t("contact.title"),
    body: (
      <>
        <TroubleNote page={page} trouble={asOf && { kind: "older", asOf }} />
        <ContactView
          page={page}
          slug={slug}
          name={contact.name}
          ways={shown ? contact.ways : null}
          sealed={key !== null}
        />
      </>
    ),
  };
}
