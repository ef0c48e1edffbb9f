import { makePersonas } from "#lib/demo/make-therapist.ts";
import { DEMO_SEED } from "#lib/demo/seed-demo.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

const all = makePersonas(DEMO_SEED, todayUtc());

/** The address of a persona's profile in the demo directory. */
export function profileOf(persona: string): string {
  const rows = all.find(({ people }) => people[0]?.persona === persona);
  const therapist = rows?.therapists[0];
  if (!therapist) throw new Error(`no therapist is called ${persona}`);
  return `/therapists/${therapist.slug}`;
}
