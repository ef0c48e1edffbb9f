/** Units of a chart's drawing. It is drawn for the narrowest screen, where a unit is about a pixel. */
export const frame = { width: 320, height: 176, left: 46, right: 4, top: 12, bottom: 28 } as const;

const bottom = frame.height - frame.bottom;
const slot = (frame.width - frame.left - frame.right) / 12;

/** Where zero lies. */
export const floor = bottom;

/** The top of the scale: the next round number that can be halved. @param most the highest value */
export function topFor(most: number): number {
  const ten = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
  const round = [1, 2, 4, 6, 8, 10].map((step) => step * ten);
  return Math.max(2, round.find((top) => top >= most) ?? most);
}

export function yOf(value: number, top: number): number {
  return rounded(bottom - (value / top) * (bottom - frame.top));
}

/** The middle of a month's place: January is always first, whatever months there are. */
export function xOf(month: string): number {
  return rounded(frame.left + (Number(month.slice(5)) - 0.5) * slot);
}

export const barWidth = rounded(slot * 0.68);

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
