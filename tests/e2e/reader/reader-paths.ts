const paths = [
  "/",
  "/therapists",
  "/therapists?q=zzzzqqqq&modality=emdr&region=US-CA",
  "/therapists?where=Portland&modality=nope",
  "/therapists/lia-listed",
  "/therapists/lia-listed/contact",
  "/how-we-vet",
  "/trainings",
  "/privacy",
  "/no-such-page",
];

/** Every kind of page a reader can meet, in both languages. */
export const readerPaths = paths.flatMap((path) => [path, path === "/" ? "/es" : `/es${path}`]);
