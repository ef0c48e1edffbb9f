import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import type { Playbook } from "#lib/playbooks/queries.ts";
import { shippedPlaybooks } from "#lib/playbooks/shipped-playbooks.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { PlaybookPanel } from "./playbook-panel.tsx";
import { PlaybookView } from "./playbook-view.tsx";

beforeAll(buildSiteAssets);

const pageIn = (locale: "en" | "es") =>
  pageFor(locale, new URL("http://directory.example/moderation/cases/1"));
const editedAt = new Date("2026-11-23T12:00:00Z");
const playbooks: Playbook[] = shippedPlaybooks().map(({ id, content }) => ({
  ...content,
  id,
  version: 3,
  editedAt,
}));
const find = (id: string) => playbooks.find((playbook) => playbook.id === id) ?? fail(id);
const fail = (id: string): never => {
  throw new Error(`there is no playbook ${id}`);
};

test.each(["en", "es"] as const)("every playbook can be read in %s", (locale) => {
  for (const playbook of playbooks) {
    const html = renderToStaticMarkup(<PlaybookPanel page={pageIn(locale)} playbook={playbook} />);
    const [first = ""] = playbook.steps[locale].split("\n\n");
    const drawn = renderToStaticMarkup(<p>{first}</p>);
    expect(html, playbook.id).toContain(drawn);
    expect(html, playbook.id).not.toMatch(/playbooks\.|decisions\./);
  }
});

test("it leads to the register without telling it where from, and to the whole playbook", () => {
  const html = renderToStaticMarkup(<PlaybookPanel page={pageIn("es")} playbook={find("us-ca")} />);
  expect(html).toContain('href="https://search.dca.ca.gov/"');
  expect(html).toContain('rel="noopener noreferrer"');
  expect(html).toContain("Abrir search.dca.ca.gov");
  expect(html).toContain('href="/es/moderation/playbooks/us-ca"');
  expect(html).toContain("Versión 3 del 23 de noviembre de 2026");
});

test("words come with what they mean and suggest; a body without a register says so", () => {
  const nppes = renderToStaticMarkup(
    <PlaybookPanel page={pageIn("en")} playbook={find("us-nppes")} />,
  );
  expect(nppes).toMatch(/<th scope="row">Active<\/th><td>A number was issued.*?Nothing by itself/);
  const board = renderToStaticMarkup(
    <PlaybookPanel page={pageIn("en")} playbook={find("us-state-board")} />,
  );
  expect(board).toContain("No public register that we know of");
  expect(board).not.toContain('target="_blank"');
});

test.each([
  { mayEdit: true, version: 3, edits: true, old: false },
  { mayEdit: false, version: 3, edits: false, old: false },
  { mayEdit: true, version: 2, edits: false, old: true },
])("the page of one: %j", ({ mayEdit, version, edits, old }) => {
  const made = { isEdited: true, editorName: "", editorEmail: null, reason: "Moved" };
  const html = renderToStaticMarkup(
    <PlaybookView
      page={pageIn("en")}
      playbook={{ ...find("us-ca"), version }}
      versions={[3, 2].map((number) => ({ ...made, version: number, editedAt }))}
      credentials={["Licensed marriage and family therapist"]}
      mayEdit={mayEdit}
      saved={false}
    />,
  );
  expect(html.includes("/moderation/playbooks/us-ca/edit")).toBe(edits);
  expect(html.includes("A newer one is in use")).toBe(old);
  expect(html).toContain("an account that is gone: Moved");
  expect(html).toContain("California");
});
