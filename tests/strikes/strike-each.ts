import type { Ended } from "./run-struck.ts";
import type { Changes, Copy } from "./scene.ts";

/** Strikes that go on at the same time. */
const lanes = 2;

export type Struck = Ended & { at: number; changes: Changes };

/**
 * Strikes the first time, the second, the third, … until what is struck at ends by itself. Each
 * meets the scene as it was: a copy in which something changed is not used again.
 * @param isStruck tells who did not end well; by itself who was killed
 * @returns in their order those that were struck, and one that was not
 */
export async function strikeEach<T extends Struck>(
  makeCopy: () => Promise<Copy>,
  once: (at: number, copy: Copy) => Promise<T>,
  isStruck: (ended: T) => boolean = ({ killed }) => killed,
): Promise<{ struck: T[]; whole: T }> {
  const ended: T[] = [];
  let next = 1;
  const lane = async () => {
    let copy = await makeCopy();
    try {
      while (ended.every(isStruck)) {
        const at = next;
        next += 1;
        const one = await once(at, copy);
        ended[at - 1] = one;
        if (Object.keys(one.changes).length === 0) continue;
        await copy.drop();
        copy = await makeCopy();
      }
    } finally {
      await copy.drop();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const whole = ended.find((each) => !isStruck(each));
  if (!whole) throw new Error("nothing ended by itself");
  return { struck: ended.filter(isStruck), whole };
}
