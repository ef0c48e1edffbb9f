import { profileOf } from "../personas.ts";

const paths = [
  "/",
  "/therapists",
  "/therapists?q=zzzzqqqq&modality=emdr&region=US-CA",
  "/therapists?where=Portland&modality=nope",
  "/therapists?s=lapsed",
  profileOf("lia-listed"),
  `${profileOf("lia-listed")}/card`,
  `/compare?t=${profileOf("lia-listed").replace("/therapists/", "")}&t=nobody-here`,
  "/leave-fast",
  `${profileOf("lia-listed")}/contact`,
  `${profileOf("lia-listed")}/report`,
  `${profileOf("lia-listed")}/report/sent`,
  "/how-we-vet",
  "/how-we-vet/numbers",
  "/trainings",
  "/privacy",
  "/guide",
  "/help-now",
  "/for-therapists",
  "/no-such-page",
];

/** Every kind of page a reader can meet, in both languages. */
export const readerPaths = paths.flatMap((path) => [path, path === "/" ? "/es" : `/es${path}`]);
