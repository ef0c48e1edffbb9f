import {
  type Compact,
  type CredentialType,
  credentialTypesIn,
  findRegion,
  listCompacts,
} from "#lib/reference/queries.ts";

/** What a person can claim in a place: types that exist there, none of another country. */
export function typesIn(jurisdiction: string): readonly CredentialType[] {
  if (jurisdiction === "") {
    // Certifications belong to no place.
    return credentialTypesIn("").filter(({ issuerKind }) => issuerKind === "certification");
  }
  return findRegion(jurisdiction) ? credentialTypesIn(jurisdiction) : [];
}

/** Compacts under which a type can get its own issued authority in a place. */
export function compactsFor(type: CredentialType, jurisdiction: string): readonly Compact[] {
  const operational = new Set(
    (findRegion(jurisdiction)?.compacts ?? [])
      .filter(({ status }) => status === "operational")
      .map(({ compact }) => compact),
  );
  return listCompacts().filter(
    ({ id, credentialTypes }) => operational.has(id) && credentialTypes.includes(type.id),
  );
}

/** Letters that registers of the place print for a type; the usual one first. */
export function lettersOf(type: CredentialType, jurisdiction: string): readonly string[] {
  const own = type.abbreviationByRegion?.values[jurisdiction];
  return [...new Set([...(own ? [own] : []), ...type.abbreviations])];
}
