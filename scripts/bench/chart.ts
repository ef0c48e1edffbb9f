import type { Measured } from "./rounds.ts";

const width = 760;
const left = 170;
const right = 60;
const barHeight = 16;
const gap = 14;
/** Where the scale begins: it is logarithmic, since a kept page is many times faster than a search. */
const least = 0.02;

/** Bars of the ratios to the raw engine, one for each size; readable on light and on dark. */
export function drawChart(measured: readonly Measured[]): string {
  const targets = [...new Set(measured.map((each) => each.target))];
  const sizes = [...new Set(measured.map((each) => each.therapists))];
  const rowHeight = sizes.length * barHeight + gap;
  const height = 70 + targets.length * rowHeight;
  const most = Math.max(1, ...measured.map((each) => each.ratio));
  const lengthOf = (ratio: number) =>
    ((width - left - right) * Math.log(Math.max(ratio, least) / least)) / Math.log(most / least);

  const rows = targets.map((target, row) => {
    const top = 56 + row * rowHeight;
    const bars = sizes.map((therapists, at) => {
      const found = measured.find(
        (each) => each.target === target && each.therapists === therapists,
      );
      return bar(found?.ratio ?? 0, lengthOf(found?.ratio ?? 0), top + at * barHeight, at);
    });
    const middle = top + (sizes.length * barHeight) / 2;
    return `<text x="${left - 10}" y="${middle}" class="name">${target}</text>${bars.join("")}`;
  });
  const one = left + lengthOf(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Requests a second as a ratio to the raw engine">
<style>${style}</style>
<rect width="${width}" height="${height}" class="ground"/>
<text x="${left}" y="22" class="title">Requests a second, raw engine = 1 (logarithmic)</text>
${sizes.map((size, at) => legend(size, at)).join("")}
<path d="M${one} 50V${height - 8}" class="one"/>
${rows.join("\n")}
</svg>
`;
}

function bar(ratio: number, length: number, top: number, at: number): string {
  return (
    `<rect x="${left}" y="${top}" width="${length.toFixed(1)}" height="${barHeight - 3}" class="size${at % 3}"/>` +
    `<text x="${(left + length + 6).toFixed(1)}" y="${top + (barHeight - 3) / 2}">${ratio.toFixed(2)}</text>`
  );
}

function legend(therapists: number, at: number): string {
  const x = left + at * 170;
  const label = `${therapists.toLocaleString("en")} therapists`;
  return (
    `<rect x="${x}" y="32" width="12" height="12" class="size${at % 3}"/>` +
    `<text x="${x + 18}" y="38">${label}</text>`
  );
}

const style = `
text { font: 12px system-ui, sans-serif; fill: #222; dominant-baseline: central }
.title { font-size: 15px; font-weight: 600 } .name { text-anchor: end }
.ground { fill: #fff } .one { stroke: #888; stroke-dasharray: 3 3; fill: none }
.size0 { fill: #0b6e6e } .size1 { fill: #c8641b } .size2 { fill: #6b4fa0 }
@media (prefers-color-scheme: dark) {
  text { fill: #eee } .ground { fill: #16181c } .one { stroke: #999 }
  .size0 { fill: #4fc3c3 } .size1 { fill: #f2a25c } .size2 { fill: #b39ae6 }
}`;
