export interface Edge {
  from: string;
  to: string;
}

/**
 * Domains of lib that need each other, over any number of steps.
 * @returns one line for each import that is part of such a circle
 */
export function domainCircles(imports: Edge[]): string[] {
  const between = imports.filter(({ from, to }) => {
    return domainOf(from) && domainOf(to) && domainOf(from) !== domainOf(to);
  });
  const needs = new Map<string, Set<string>>();
  for (const { from, to } of between) {
    const known = needs.get(domainOf(from)) ?? new Set();
    needs.set(domainOf(from), known.add(domainOf(to)));
  }
  return between
    .filter(({ from, to }) => reaches(needs, domainOf(to), domainOf(from)))
    .map(({ from, to }) => `${from} -> ${to}`);
}

/** Tests may look at any domain; files directly in lib belong to none. */
function domainOf(path: string): string {
  return /\.test\.tsx?$/.test(path) ? "" : (/^lib\/([^/]+)\//.exec(path)?.[1] ?? "");
}

function reaches(needs: Map<string, Set<string>>, start: string, goal: string): boolean {
  const seen = new Set([start]);
  for (const domain of seen) {
    if (domain === goal) return true;
    for (const next of needs.get(domain) ?? []) seen.add(next);
  }
  return false;
}
