/**
 * People with one fixed story each: a role, or a state that a listing can be in. The demo sign-in,
 * the tests and the docs all use this list, so an id here is stable like any other.
 */
export type Persona = {
  id: string;
  name: string;
  roles: readonly ("therapist" | "moderator" | "lived-experience-reviewer" | "lead" | "auditor")[];
  /** What the persona is for, in words that fit a list of demo sign-ins. */
  story: { en: string; es: string };
  /** How the listing stands; only for therapists. */
  listing?: {
    situation: PersonaSituation;
    city: string;
    region: string;
    credentialType: string;
    archetype: string;
    gender: "f" | "m" | "n";
    languages?: readonly string[];
    /** Methods and formats that the persona must have; the rest is drawn. */
    modalities?: readonly string[];
    formats?: readonly ("in-person" | "video" | "phone" | "text")[];
  };
};

export type PersonaSituation =
  | "listed"
  | "unconfirmed"
  | "openings-unknown"
  | "stale"
  | "expiring"
  | "lapsed"
  | "conditions"
  | "editing"
  | "pending"
  | "needs-info"
  | "changes-requested"
  | "source-down"
  | "draft"
  | "paused"
  | "suspended"
  | "removed";

export const personas: readonly Persona[] = [
  {
    id: "mo-moderator",
    name: "Mo Tillotson",
    roles: ["moderator"],
    story: { en: "Moderator, first reviewer", es: "Moderación, primera revisión" },
  },
  {
    id: "mia-moderator",
    name: "Mia Osterwald",
    roles: ["moderator"],
    story: { en: "Moderator, second reviewer", es: "Moderación, segunda revisión" },
  },
  {
    id: "liv-lived-experience-reviewer",
    name: "Liv Barrientos",
    roles: ["lived-experience-reviewer"],
    story: {
      en: "Reviews practice statements from lived experience",
      es: "Revisa declaraciones desde la experiencia propia",
    },
  },
  {
    id: "lee-lead",
    name: "Lee Hightower",
    roles: ["lead"],
    story: { en: "Lead: hears appeals", es: "Responsable: atiende apelaciones" },
  },
  {
    id: "ari-auditor",
    name: "Ari Lifschitz",
    roles: ["auditor"],
    story: {
      en: "Auditor: reads the chain, changes nothing",
      es: "Auditoría: lee, no cambia nada",
    },
  },
  {
    id: "thea-therapist-moderator",
    name: "Thea Wexler",
    roles: ["therapist", "moderator"],
    story: {
      en: "Moderator with a listing of her own, which she may not decide on",
      es: "Moderadora con ficha propia, sobre la que no puede decidir",
    },
    listing: {
      situation: "listed",
      city: "Minneapolis",
      region: "US-MN",
      credentialType: "us-lcsw",
      archetype: "harm-reduction",
      gender: "f",
    },
  },
  {
    id: "dana-draft",
    name: "Dana Colbeck",
    roles: ["therapist"],
    story: { en: "Has begun a profile and sent nothing", es: "Empezó una ficha y no envió nada" },
    listing: {
      situation: "draft",
      city: "Portland",
      region: "US-OR",
      credentialType: "us-lpc",
      archetype: "neuro",
      gender: "n",
    },
  },
  {
    id: "pat-pending",
    name: "Pat Kinsella",
    roles: ["therapist"],
    story: { en: "Has submitted and waits", es: "Envió la ficha y espera" },
    listing: {
      situation: "pending",
      city: "Boston",
      region: "US-MA",
      credentialType: "us-lcsw",
      archetype: "grief",
      gender: "n",
    },
  },
  {
    id: "nia-needs-info",
    name: "Nia Covington",
    roles: ["therapist"],
    story: { en: "Was asked for one more document", es: "Le falta un documento" },
    listing: {
      situation: "needs-info",
      city: "Atlanta",
      region: "US-GA",
      credentialType: "us-lpc",
      archetype: "trauma",
      gender: "f",
    },
  },
  {
    id: "chris-changes-requested",
    name: "Chris Marchbank",
    roles: ["therapist"],
    story: { en: "Was asked to reword two answers", es: "Debe cambiar dos respuestas" },
    listing: {
      situation: "changes-requested",
      city: "Denver",
      region: "US-CO",
      credentialType: "us-lpc",
      archetype: "cognitive",
      gender: "m",
    },
  },
  {
    id: "sol-source-down",
    name: "Sol Figueroa",
    roles: ["therapist"],
    story: {
      en: "The register did not answer, so nothing was decided",
      es: "El registro no respondió; no se decidió nada",
    },
    listing: {
      situation: "source-down",
      city: "Albuquerque",
      region: "US-NM",
      credentialType: "us-lpc",
      archetype: "migration",
      gender: "n",
      languages: ["es"],
    },
  },
  {
    id: "lia-listed",
    name: "Lia Marchetti",
    roles: ["therapist"],
    story: { en: "Listed, everything current", es: "Publicada, todo al día" },
    listing: {
      situation: "listed",
      city: "Oakland",
      region: "US-CA",
      credentialType: "us-lmft",
      archetype: "trauma",
      gender: "f",
      languages: ["es"],
      modalities: ["emdr", "ifs"],
      formats: ["in-person", "video", "phone"],
    },
  },
  {
    id: "marisol-listed-in-spanish",
    name: "Marisol Quiñones",
    roles: ["therapist"],
    story: { en: "Listed, writes in Spanish", es: "Publicada, escribe en español" },
    listing: {
      situation: "listed",
      city: "San Juan",
      region: "US-PR",
      credentialType: "us-psychologist",
      archetype: "migration",
      gender: "f",
      languages: ["es"],
    },
  },
  {
    id: "gwen-listed-in-britain",
    name: "Gwen Penhallow",
    roles: ["therapist"],
    story: { en: "Listed in the United Kingdom", es: "Publicada en el Reino Unido" },
    listing: {
      situation: "listed",
      city: "Cardiff",
      region: "GB-WLS",
      credentialType: "gb-bacp",
      archetype: "couples",
      gender: "f",
      languages: ["cy"],
    },
  },
  {
    id: "ash-associate",
    name: "Ash Larkspur",
    roles: ["therapist"],
    story: { en: "Listed, works under supervision", es: "Publicade, trabaja bajo supervisión" },
    listing: {
      situation: "listed",
      city: "Los Angeles",
      region: "US-CA",
      credentialType: "us-mft-associate",
      archetype: "identity",
      gender: "n",
    },
  },
  {
    id: "connie-conditions",
    name: "Connie Stannard",
    roles: ["therapist"],
    story: { en: "Verified with conditions", es: "Verificada con condiciones" },
    listing: {
      situation: "conditions",
      city: "Chicago",
      region: "US-IL",
      credentialType: "us-lcsw",
      archetype: "family",
      gender: "f",
    },
  },
  {
    id: "eddie-editing",
    name: "Eddie Tolliver",
    roles: ["therapist"],
    story: { en: "Listed, with an unsent draft", es: "Publicado, con un borrador sin enviar" },
    listing: {
      situation: "editing",
      city: "Houston",
      region: "US-TX",
      credentialType: "us-lpc",
      archetype: "burnout",
      gender: "m",
    },
  },
  {
    id: "paul-paused",
    name: "Paul Hollis",
    roles: ["therapist"],
    story: { en: "Paused the listing himself", es: "Pausó su ficha" },
    listing: {
      situation: "paused",
      city: "Seattle",
      region: "US-WA",
      credentialType: "us-lmft",
      archetype: "couples",
      gender: "m",
    },
  },
  {
    id: "uma-unconfirmed",
    name: "Uma Kapadia",
    roles: ["therapist"],
    story: { en: "Not confirmed for 50 days", es: "Sin confirmar desde hace 50 días" },
    listing: {
      situation: "unconfirmed",
      city: "Jersey City",
      region: "US-NJ",
      credentialType: "us-psychologist",
      archetype: "depth",
      gender: "f",
    },
  },
  {
    id: "stella-stale",
    name: "Stella Redfern",
    roles: ["therapist"],
    story: { en: "Not confirmed for 90 days: hidden", es: "Sin confirmar 90 días: oculta" },
    listing: {
      situation: "stale",
      city: "Reno",
      region: "US-NV",
      credentialType: "us-lcsw",
      archetype: "somatic",
      gender: "f",
    },
  },
  {
    id: "elsa-expiring",
    name: "Elsa Lindemann",
    roles: ["therapist"],
    story: { en: "Licence ends within 60 days", es: "La licencia vence en menos de 60 días" },
    listing: {
      situation: "expiring",
      city: "Brooklyn",
      region: "US-NY",
      credentialType: "us-lcsw",
      archetype: "depth",
      gender: "f",
    },
  },
  {
    id: "xena-expired",
    name: "Xena Thornley",
    roles: ["therapist"],
    story: { en: "Licence has lapsed: hidden", es: "Licencia vencida: oculta" },
    listing: {
      situation: "lapsed",
      city: "Philadelphia",
      region: "US-PA",
      credentialType: "us-lpc",
      archetype: "trauma",
      gender: "f",
    },
  },
  {
    id: "sam-suspended",
    name: "Sam Garrick",
    roles: ["therapist"],
    story: { en: "Suspended after a report", es: "Ficha suspendida tras un aviso" },
    listing: {
      situation: "suspended",
      city: "Miami",
      region: "US-FL",
      credentialType: "us-lpc",
      archetype: "sexuality",
      gender: "m",
    },
  },
  {
    id: "remy-removed",
    name: "Remy Desrosiers",
    roles: ["therapist"],
    story: { en: "Asked to be taken down", es: "Pidió que se retirara su ficha" },
    listing: {
      situation: "removed",
      city: "Montréal",
      region: "CA-QC",
      credentialType: "ca-qc-permit",
      archetype: "creative",
      gender: "n",
      languages: ["fr"],
    },
  },
];
