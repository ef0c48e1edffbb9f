import type { ReactNode } from "react";
import { HomeView } from "#components/home/home-view.tsx";
import { Document } from "#components/layout/document.tsx";
import { CopyList } from "#components/mirror/copy-list.tsx";
import { ContactList } from "#components/profiles/contact-list.tsx";
import { ProfileView } from "#components/profiles/profile-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { CardView } from "#lib/directory/index-document.ts";
import { pageSize } from "#lib/directory/schema.ts";
import type { CopiedPerson } from "#lib/mirror/queries.ts";
import { type Locale, locales } from "#lib/words/labels.ts";
import { renderHtml } from "../reader/html.ts";
import { profilePage } from "../reader/profile-page.ts";
import { regionGroups } from "../reader/region-groups.ts";
import { copyPage, fileOf, regionPath } from "./copy-page.ts";
import { standingPages } from "./standing-pages.tsx";

/** @param path below the copy's folder */
type Put = (path: string, bytes: Buffer) => Promise<void>;

export type Copied = { therapists: number; pages: number };

/**
 * Writes all pages of a read-only copy, in each language: plain HTML whose links lead to files of the
 * same copy. Photos and what lies in `/assets` are the caller's to put beside them.
 * @param asOf `YYYY-MM-DD`, the day of the copy
 */
export async function writeCopy(
  people: AsyncIterable<CopiedPerson>,
  asOf: string,
  put: Put,
): Promise<Copied> {
  let pages = 0;
  const putPage = async (page: Page, path: string, title: string, body: ReactNode) => {
    const html = renderHtml(
      <Document page={page} title={title}>
        {body}
      </Document>,
    );
    await put(fileOf(page.locale, path), Buffer.from(html));
    pages += 1;
  };
  const cards: CardView[] = [];
  const byRegion = new Map<string, CardView[]>();
  for await (const person of people) {
    cards.push(person.card);
    for (const region of regionsOf(person, asOf)) {
      byRegion.set(region, [...(byRegion.get(region) ?? []), person.card]);
    }
    const path = `/therapists/${person.profile.slug}`;
    for (const page of inEach(path, asOf)) {
      await putPage(page, path, person.profile.name, <Person page={page} person={person} />);
    }
  }
  for (const locale of locales) {
    const of = (path: string) => copyPage(locale, path, asOf);
    const home = of("/");
    const counts = new Map([...byRegion].map(([code, some]) => [code, some.length]));
    const regions = regionGroups(locale);
    const body = <HomeView page={home} regions={regions} counts={counts} />;
    await putPage(home, "/", home.t("home.title"), body);
    for (const [path, make] of Object.entries(standingPages)) {
      const { title, body } = make(of(path));
      await putPage(of(path), path, title, body);
    }
    const lists = [
      { region: null, path: "/therapists", cards },
      ...[...byRegion].map(([region, some]) => ({
        region,
        path: regionPath(region),
        cards: some,
      })),
    ];
    for (const { region, path: first, cards: listed } of lists) {
      const last = Math.max(1, Math.ceil(listed.length / pageSize));
      for (let current = 1; current <= last; current += 1) {
        const path = pathOfPage(first, current);
        const page = of(path);
        const view = {
          region,
          total: listed.length,
          cards: listed.slice((current - 1) * pageSize, current * pageSize),
          current,
          pages: last,
          hrefOfPage: (wanted: number) => page.href(pathOfPage(first, wanted)),
          regions: region === null ? regionLinks(page, byRegion) : [],
        };
        await putPage(page, path, page.t("copy.listTitle"), <CopyList page={page} view={view} />);
      }
    }
  }
  return { therapists: cards.length, pages };
}

/** The profile, and the ways to reach them on the same page: nothing asks first here. */
function Person({ page, person: { profile, ways } }: { page: Page; person: CopiedPerson }) {
  const { t } = page;
  return (
    <>
      <ProfileView page={page} view={profilePage(page, profile)} />
      <section className="profile" aria-labelledby="contact">
        <h2 id="contact">{t("copy.contact")}</h2>
        {ways.length === 0 ? (
          <p>{t("contact.none", { name: profile.name })}</p>
        ) : (
          <ContactList page={page} ways={ways} />
        )}
        <p className="note">{t("contact.care")}</p>
      </section>
    </>
  );
}

function* inEach(path: string, asOf: string): Generator<Page> {
  for (const locale of locales as readonly Locale[]) yield copyPage(locale, path, asOf);
}

/** Where they can see somebody on the day of the copy. */
function regionsOf({ profile }: CopiedPerson, asOf: string): string[] {
  const { reach } = profilePage(copyPage("en", "/", asOf), profile);
  return Object.entries(reach).flatMap(([region, formats]) =>
    Object.values(formats).some((until) => until >= asOf) ? [region] : [],
  );
}

function regionLinks(page: Page, byRegion: ReadonlyMap<string, readonly CardView[]>) {
  const byName = new Intl.Collator(page.locale);
  return [...byRegion]
    .map(([code, some]) => ({ code, count: some.length, href: page.href(regionPath(code)) }))
    .toSorted((a, b) => byName.compare(page.region(a.code), page.region(b.code)));
}

const pathOfPage = (first: string, page: number) => (page === 1 ? first : `${first}/page/${page}`);
