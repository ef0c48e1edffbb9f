import { type ReaderRequest, readerPage } from "#app/reader/reader-page.tsx";
import { ContactView } from "#components/profiles/contact-view.tsx";
import { askTruth } from "#lib/circuits/truth.ts";
import { getActiveKey } from "#lib/enquiries/active-key.ts";
import { NotFoundError } from "#lib/errors.ts";
import { getContactWays } from "#lib/profiles/queries.ts";

type Params = { locale: string; slug: string };

/** Asks first, then shows: a crawl that follows links never meets a contact detail. */
export const GET = readerPage<Params>((request) => contactPage(request, false));
export const POST = readerPage<Params>((request) => contactPage(request, true));

async function contactPage({ page, params: { slug } }: ReaderRequest<Params>, shown: boolean) {
  const contact = await askTruth((db) => getContactWays(slug, page.today, db));
  if (contact === null) throw new NotFoundError();
  const key = await getActiveKey(slug, new Date());
  return {
    title: page.t("contact.title"),
    body: (
      <ContactView
        page={page}
        slug={slug}
        name={contact.name}
        ways={shown ? contact.ways : null}
        sealed={key !== null}
      />
    ),
  };
}
