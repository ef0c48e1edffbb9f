import { readerForm } from "#app/reader/reader-form.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";
import { type ReportProblem, ReportView } from "#components/reports/report-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed, typedValue } from "#lib/forms/rules.ts";
import { getVisible } from "#lib/profiles/queries.ts";
import { makeFormToken, readFormToken } from "#lib/reports/form-token.ts";
import { receiveReport } from "#lib/reports/receive-report.ts";
import { reportForm } from "#lib/reports/schema.ts";

type Params = { locale: string; slug: string };

export const GET = readerPage<Params>(async ({ page, params: { slug } }) =>
  reportPage(page, { slug, name: await nameOf(slug, page.today) }),
);

export const POST = readerForm<Params>(async ({ page, params: { slug }, typed }) => {
  const listing = { slug, name: await nameOf(slug, page.today) };
  const token = typedValue(typed, "form");
  const form = readFormToken(token, slug, new Date());
  // One that has lapsed or is not ours is replaced; any other can be sent once more.
  const sent = { typed, status: 422, ...(form.state !== "too-old" && { token }) };
  const parsed = parseForm(reportForm, typed);
  if (!parsed.ok) return reportPage(page, listing, { ...sent, errors: parsed.errors });
  if (form.state !== "open") return reportPage(page, listing, { ...sent, problem: form.state });
  const outcome = await receiveReport({ slug, ...parsed.value, nonce: form.nonce }, page.today);
  if (outcome === "received") return { to: `/therapists/${slug}/report/sent` };
  const status = outcome === "full" ? 429 : 422;
  return reportPage(page, listing, { typed, problem: outcome, status });
});

/** @throws NotFoundError alike for listings that are hidden and those that never were */
async function nameOf(slug: string, today: string): Promise<string> {
  const therapist = await getVisible(slug, today);
  if (therapist === null) throw new NotFoundError();
  return therapist.name;
}

type Sent = {
  typed: Typed;
  errors?: FieldErrors;
  problem?: ReportProblem;
  status: number;
  /** Of the form that came, where it can be sent once more. */
  token?: string;
};

function reportPage(page: Page, listing: { slug: string; name: string }, sent?: Sent) {
  const { typed = {}, errors = {}, problem, status = 200, token } = sent ?? {};
  return {
    title: page.t("reports.title"),
    body: (
      <ReportView
        page={page}
        listing={listing}
        token={token ?? makeFormToken(listing.slug, new Date())}
        typed={typed}
        errors={errors}
        {...(problem && { problem })}
      />
    ),
    status,
  };
}
