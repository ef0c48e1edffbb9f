/** Chance that repeats itself: the same name gives the same draws in every process. */
export type Draw = {
  /** A whole number from `min` to `max`, both included. */
  int: (min: number, max: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  weighted: <T extends string>(weights: Partial<Record<T, number>>) => T;
  /** Up to `count` different items, in the order in which they were drawn. */
  some: <T>(list: readonly T[], count: number) => T[];
  /** The same, likelier ones more often. */
  someWeighted: <T extends string>(weights: Partial<Record<T, number>>, count: number) => T[];
};

export function drawFor(...name: readonly (string | number)[]): Draw {
  const next = mulberry32(hash(name.join("/")));
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));

  function pick<T>(list: readonly T[]): T {
    const item = list[int(0, list.length - 1)];
    if (item === undefined) throw new Error(`Nothing to draw from for ${name.join("/")}`);
    return item;
  }

  function weighted<T extends string>(weights: Partial<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of entries) {
      rest -= weight;
      if (rest < 0) return item;
    }
    return pick(entries)[0];
  }

  function some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) {
      taken.push(...left.splice(int(0, left.length - 1), 1));
    }
    return taken;
  }

  function someWeighted<T extends string>(weights: Partial<Record<T, number>>, count: number): T[] {
    const left = { ...weights };
    const taken: T[] = [];
    while (taken.length < count && Object.keys(left).length > 0) {
      const item = weighted<T>(left);
      delete left[item];
      taken.push(item);
    }
    return taken;
  }

  return { int, chance: (probability) => next() < probability, pick, weighted, some, someWeighted };
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
