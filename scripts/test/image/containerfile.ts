/** A step as it stands in a Containerfile: its word in capitals, and the rest of its line. */
export type Step = { word: string; rest: string };
export type Stage = { name: string | null; from: string; steps: Step[] };

const known = [
  "CMD",
  "COPY",
  "ENV",
  "EXPOSE",
  "HEALTHCHECK",
  "RUN",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
];

/**
 * The stages of a Containerfile in their order.
 * @throws for a word that we could not act on: what is left out is not tested
 */
export function parseContainerfile(text: string): Stage[] {
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, word = "", rest = ""] = /^(\w+) +(.*)$/.exec(line) ?? [];
    const [, from, name = null] = /^(\S+)(?: AS (\w+))?$/.exec(rest) ?? [];
    if (word === "FROM" && from) stages.push({ name, from, steps: [] });
    else if (known.includes(word)) stages.at(-1)?.steps.push({ word, rest });
    else throw new Error(`no step that we know: ${line}`);
  }
  return stages;
}

/** `A=1 B=two` as a record. */
export function parseEnv(rest: string): Record<string, string> {
  return Object.fromEntries(
    rest
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const at = pair.indexOf("=");
        if (at < 1) throw new Error(`no variable that we can read: ${pair}`);
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}

/** `--from=build /app/a /app/b ./`: where from, what, and where to. */
export function parseCopy(rest: string): { from: string | null; sources: string[]; to: string } {
  const words = rest.trim().split(/\s+/);
  const [, from = null] = /^--from=(\w+)$/.exec(words[0] ?? "") ?? [];
  const paths = from === null ? words : words.slice(1);
  const to = paths.pop();
  if (to === undefined || paths.length === 0 || paths.some((path) => path.startsWith("--"))) {
    throw new Error(`no copy that we can do: ${rest}`);
  }
  return { from, sources: paths, to };
}

/** `["node", "a.ts"]`, at the end of a line. @throws for a command that a shell would have to read */
export function parseCommand(rest: string): string[] {
  const given: unknown = JSON.parse(rest.slice(rest.indexOf("[")));
  if (!Array.isArray(given) || !given.every((word) => typeof word === "string")) {
    throw new Error(`no command: ${rest}`);
  }
  return given;
}

/** Whether a path of the checkout is kept out, by the lines of a `.dockerignore`. */
export function ignores(text: string): (path: string) => boolean {
  const patterns = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      if (line.startsWith("!")) throw new Error(`no line that we know: ${line}`);
      const source = line
        .replaceAll(/[.+^${}()|[\]\\?]/g, "\\$&")
        .replaceAll("**/", "\0")
        .replaceAll("*", "[^/]*")
        .replaceAll("\0", "(?:.*/)?");
      return new RegExp(`^${source}(?:/|$)`);
    });
  return (path) => patterns.some((pattern) => pattern.test(path));
}
