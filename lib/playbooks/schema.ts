import { z } from "zod";
import type { PlaybookContent } from "#db/schema/playbooks.ts";
import type { Layout, Typed } from "#lib/forms/rules.ts";
import { manyOf, optionalText, requiredText, version } from "#lib/forms/schema.ts";
import { addressFault, suggestions } from "./rules.ts";

/** In characters, and how many status words one body may have. */
export const most = {
  name: 160,
  url: 500,
  places: 2000,
  steps: 5000,
  format: 600,
  callBack: 2000,
  word: 80,
  meaning: 500,
  reason: 300,
  words: 30,
} as const;

export const playbookLayout = {
  lists: ["credentialTypes"],
  rows: { statusWords: most.words },
} as const satisfies Layout;

const statusWord = z
  .object({
    word: optionalText(most.word),
    meaningEn: optionalText(most.meaning),
    meaningEs: optionalText(most.meaning),
    suggests: z
      .string()
      .default("")
      .refine((said) => said === "" || suggestions.some((known) => known === said), "choose"),
  })
  .transform(({ word, meaningEn: en, meaningEs: es, suggests }, context) => {
    if (word === null && en === null && es === null) return null;
    const wanted = { word, meaningEn: en, meaningEs: es };
    for (const [field, said] of Object.entries(wanted)) {
      if (said !== null) continue;
      context.addIssue({ code: "custom", path: [field], message: "required", params: {} });
    }
    return word && en && es ? { word, meaning: { en, es }, suggests } : z.NEVER;
  });

const address = optionalText(most.url).superRefine((url, context) => {
  const fault = url === null ? null : addressFault(url);
  if (fault) context.addIssue({ code: "custom", message: fault, params: {} });
});

function places(regions: readonly string[]) {
  return requiredText(most.places)
    .transform(placesOf)
    .superRefine((patterns, context) => {
      if (patterns.length === 0) {
        context.addIssue({ code: "custom", message: "required", params: {} });
      }
      const strange = patterns.find((pattern) => !isKnownPlace(pattern, regions));
      if (strange === undefined) return;
      const place = strange.slice(0, 20);
      context.addIssue({ code: "custom", message: "unknown-place", params: { place } });
    });
}

type Known = { credentialTypes: readonly string[]; regions: readonly string[] };

/** The form of an edit. @param known what the reference data holds */
export function playbookForm(known: Known) {
  const shape = {
    version,
    name: requiredText(most.name),
    url: address,
    credentialTypes: manyOf(known.credentialTypes),
    jurisdictions: places(known.regions),
    stepsEn: requiredText(most.steps),
    stepsEs: requiredText(most.steps),
    idFormatEn: optionalText(most.format),
    idFormatEs: optionalText(most.format),
    statusWords: z.array(statusWord).max(most.words),
    callBackEn: optionalText(most.callBack),
    callBackEs: optionalText(most.callBack),
    reason: requiredText(most.reason),
  };
  return z.object(shape).superRefine((typed, context) => {
    for (const field of ["idFormat", "callBack"] as const) {
      const [en, es] = [typed[`${field}En`], typed[`${field}Es`]];
      if ((en === null) === (es === null)) continue;
      const path = [`${field}${en === null ? "En" : "Es"}`];
      context.addIssue({ code: "custom", path, message: "both-languages", params: {} });
    }
  });
}

type Parsed = z.output<ReturnType<typeof playbookForm>>;

export function contentOf(parsed: Parsed): PlaybookContent {
  const { name, url, credentialTypes, jurisdictions, statusWords } = parsed;
  return {
    name,
    url,
    credentialTypes,
    jurisdictions,
    steps: { en: parsed.stepsEn, es: parsed.stepsEs },
    idFormat: pair(parsed.idFormatEn, parsed.idFormatEs),
    statusWords: statusWords.filter((row) => row !== null),
    callBack: pair(parsed.callBackEn, parsed.callBackEs),
  };
}

/** What the form shows before anybody types. */
export function typedContent(content: PlaybookContent, seenVersion: number): Typed {
  const rows = content.statusWords.flatMap(({ word, meaning, suggests }, row) => [
    [`statusWords.${row}.word`, [word]],
    [`statusWords.${row}.meaningEn`, [meaning.en]],
    [`statusWords.${row}.meaningEs`, [meaning.es]],
    [`statusWords.${row}.suggests`, [suggests]],
  ]);
  return {
    version: [String(seenVersion)],
    name: [content.name],
    url: [content.url ?? ""],
    credentialTypes: content.credentialTypes,
    jurisdictions: [content.jurisdictions.join(" ")],
    stepsEn: [content.steps.en],
    stepsEs: [content.steps.es],
    idFormatEn: [content.idFormat?.en ?? ""],
    idFormatEs: [content.idFormat?.es ?? ""],
    callBackEn: [content.callBack?.en ?? ""],
    callBackEs: [content.callBack?.es ?? ""],
    ...Object.fromEntries(rows),
  };
}

/** `US-CA, gb-*` -> `US-CA`, `GB-*`; each once. */
function placesOf(text: string): string[] {
  const places = text.split(/[\s,;]+/).filter(Boolean);
  return [...new Set(places.map((place) => place.toUpperCase()))];
}

function isKnownPlace(place: string, regions: readonly string[]): boolean {
  if (place === "*" || regions.includes(place)) return true;
  return place.endsWith("-*") && regions.some((region) => region.startsWith(place.slice(0, -1)));
}

function pair(en: string | null, es: string | null): { en: string; es: string } | null {
  return en !== null && es !== null ? { en, es } : null;
}
