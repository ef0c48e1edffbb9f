import { readerForm } from "#app/reader/reader-form.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";
import { proofWorker } from "#app/reader/site.ts";
import { type ReportProblem, ReportView } from "#components/reports/report-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { askTruth } from "#lib/circuits/truth.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed, typedValue } from "#lib/forms/rules.ts";
import { getVisible } from "#lib/profiles/queries.ts";
import { makeFormToken, readFormToken } from "#lib/reports/form-token.ts";
import { receiveReport } from "#lib/reports/receive-report.ts";
import { reportForm } from "#lib/reports/schema.ts";
import { readWayBack } from "./read-way-back.ts";

type Params = { locale: string; slug: string };

export const GET = readerPage<Params>(async ({ page, params: { slug }, query }) =>
  reportPage(page, await listingOf(slug, page.today, query)),
);

export const POST = readerForm<Params>(async ({ page, params: { slug }, query, typed }) => {
  const listing = await listingOf(slug, page.today, query);
  const token = typedValue(typed, "form");
  const form = readFormToken(token, slug, new Date());
  // One that has lapsed or is not ours is replaced; any other can be sent once more.
  const sent = { typed, status: 422, ...(form.state !== "too-old" && { token }) };
  const parsed = parseForm(reportForm, typed);
  if (!parsed.ok) return reportPage(page, listing, { ...sent, errors: parsed.errors });
  if (form.state !== "open") return reportPage(page, listing, { ...sent, problem: form.state });
  const wayBack = listing.answered ? readWayBack(typed) : null;
  if (listing.answered && wayBack === null) {
    return reportPage(page, listing, { ...sent, problem: "proof-refused" });
  }
  const report = { slug, ...parsed.value, nonce: form.nonce, wayBack };
  const outcome = await receiveReport(report, page.today);
  if (outcome === "received") {
    return { to: `/therapists/${slug}/report/sent${listing.answered ? "?back=1" : ""}` };
  }
  // No report came of it, so the form can be sent once more.
  const again = outcome.startsWith("proof") ? { token } : {};
  const status = outcome === "full" ? 429 : 422;
  return reportPage(page, listing, { typed, problem: outcome, status, ...again });
});

type Listing = {
  slug: string;
  name: string;
  /** Whether the reader wants to be able to read an answer. */
  answered: boolean;
};

/** @throws NotFoundError alike for listings that are hidden and those that never were */
async function listingOf(slug: string, today: string, query: URLSearchParams): Promise<Listing> {
  const therapist = await askTruth((db) => getVisible(slug, today, db));
  if (therapist === null) throw new NotFoundError();
  return { slug, name: therapist.name, answered: query.has("back") };
}

type Sent = {
  typed: Typed;
  errors?: FieldErrors;
  problem?: ReportProblem;
  status: number;
  /** Of the form that came, where it can be sent once more. */
  token?: string;
};

function reportPage(page: Page, listing: Listing, sent?: Sent) {
  const { typed = {}, errors = {}, problem, status = 200, token } = sent ?? {};
  const wayBack = {
    tokenHash: typedValue(typed, "replyTokenHash"),
    recipient: typedValue(typed, "replyRecipient"),
    worker: proofWorker(),
  };
  return {
    title: page.t("reports.title"),
    body: (
      <ReportView
        page={page}
        listing={listing}
        token={token ?? makeFormToken(listing.slug, new Date())}
        typed={typed}
        errors={errors}
        wayBack={listing.answered ? wayBack : null}
        {...(problem && { problem })}
      />
    ),
    status,
    seals: listing.answered,
  };
}
