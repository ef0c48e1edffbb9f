import { expect, it } from "vitest";
import { testDatabase } from "../../tests/support/test-database.ts";
import { loadReference } from "./load-reference.ts";
import { listCredentialTypes, listRegions, listTerms } from "./queries.ts";

const database = testDatabase();

const count = async (table: string) =>
  Number((await database.sql`select count(*) as n from ${database.sql(table)}`)[0]?.n);

it("brings every id, and is harmless when it runs again", async () => {
  for (const _ of [1, 2]) {
    await loadReference(database.db);
    expect(await count("jurisdictions")).toBe(listRegions().length);
    expect(await count("credential_types")).toBe(listCredentialTypes().length);
    const [modalities] = await database.sql`
      select count(*)::integer as n from reference_terms where kind = 'modality'`;
    expect(modalities?.n).toBe(listTerms("modality").length);
  }
});

it("deletes nothing, since profiles may refer to it", async () => {
  await database.sql`insert into reference_terms (kind, id) values ('modality', 'of-last-year')`;
  await loadReference(database.db);
  const rows = await database.sql`select 1 from reference_terms where id = 'of-last-year'`;
  expect(rows).toHaveLength(1);
});

it("corrects the kind of an issuer", async () => {
  await database.sql`update credential_types set issuer_kind = 'varies' where id = 'us-lmft'`;
  await loadReference(database.db);
  const [row] = await database.sql`select issuer_kind from credential_types where id = 'us-lmft'`;
  expect(row?.issuer_kind).toBe("statutory-licence");
});
