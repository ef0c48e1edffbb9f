import { readerForm } from "#app/reader/reader-form.tsx";
import { type ReaderAnswer, readerPage } from "#app/reader/reader-page.tsx";
import { proofWorker } from "#app/reader/site.ts";
import { NoKeyView } from "#components/letters/no-key-view.tsx";
import { WriteView } from "#components/letters/write-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { askTruth } from "#lib/circuits/truth.ts";
import { getActiveKey } from "#lib/enquiries/active-key.ts";
import { type ArmouredOutcome, sendArmoured } from "#lib/enquiries/send-armoured.ts";
import { NotFoundError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";
import type { ArmouredProblem } from "#lib/letters/armoured.ts";
import { getSlug, getVisible } from "#lib/profiles/queries.ts";

type Params = { locale: string; slug: string };

export const GET = readerPage<Params>(({ page, params: { slug } }) => writePage(page, slug, null));

/** Only the box for text that is sealed already sends a form; a script sends the rest. */
export const POST = readerForm<Params>(async ({ page, params: { slug }, typed }) => {
  const text = typedValue(typed, "armoured");
  const outcome = await sendArmoured({ therapist: slug, text }, new Date());
  if (outcome === "sent") return { to: `/therapists/${slug}/write/sent` };
  return writePage(page, slug, { text, outcome });
});

type Refused = { text: string; outcome: Exclude<ArmouredOutcome, "sent"> };

async function writePage(page: Page, slug: string, sent: Refused | null): Promise<ReaderAnswer> {
  const therapist = await askTruth((db) => getVisible(slug, page.today, db));
  if (therapist === null) return pageById(slug, page.today);
  const key = await askTruth((db) => getActiveKey(slug, new Date(), db));
  const title = page.t("letters.title");
  const status = sent === null ? 200 : sent.outcome === "full" ? 429 : 422;
  if (key === null) {
    const body = <NoKeyView page={page} to={{ slug, name: therapist.name }} />;
    return { title, body, status };
  }
  const { name, recipient, fingerprint } = key;
  return {
    title,
    body: (
      <WriteView
        page={page}
        to={{ slug, name, recipient, fingerprint }}
        worker={proofWorker()}
        refused={sent && refusedFor(sent)}
      />
    ),
    status,
    seals: true,
  };
}

/** Answers name their therapist by id: it leads to the address. @throws NotFoundError */
async function pageById(id: string, today: string): Promise<ReaderAnswer> {
  const slug = await askTruth((db) => getSlug(id, today, db));
  if (slug === null) throw new NotFoundError();
  return { to: `/therapists/${slug}/write` };
}

/** A secret key that came by mistake goes nowhere again, not even back. */
function refusedFor({ text, outcome }: Refused): {
  typed: string;
  problem: ArmouredProblem | "full";
} {
  const problem = outcome === "no-key" ? "full" : outcome;
  return { typed: problem === "secret-key" ? "" : text, problem };
}
