import type { Growth } from "./growth.ts";

/** What a cost may grow by beside the noise of a busy machine. */
const noise = 2;

export function printGrowth(growth: readonly Growth[]): void {
  const sizes = growth[0]?.sizes.map(({ therapists }) => therapists.toLocaleString("en")) ?? [];
  console.log("\nWhat a piece of work takes: half of the times, and 99 of 100, in ms");
  printRow("", [...sizes, "grew", "people"]);
  for (const each of growth) {
    const cells = each.sizes.map(
      ({ p50, p99, givenUp, runs }) =>
        `${number(p50)} / ${number(p99)}${givenUp > 0 ? ` (${givenUp} of ${runs} given up)` : ""}`,
    );
    const { times, people } = grewBy(each);
    const mark = times > noise * (each.grows === "not" ? 1 : people) ? " !" : "";
    printRow(each.work, [...cells, `${times.toFixed(1)} x${mark}`, `${people.toFixed(0)} x`]);
  }
  for (const { work, grows, sizes } of growth) {
    const last = sizes.at(-1);
    if (grows !== "not" || !last || last.rowsPassed < last.therapists / 2) continue;
    const rows = last.rowsPassed.toLocaleString("en");
    console.log(`  ! ${work}: goes through ${rows} rows, with ${last.therapists} therapists`);
  }
}

/** From the smallest directory to the largest. */
function grewBy({ sizes }: Growth): { times: number; people: number } {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last) return { times: 1, people: 1 };
  return { times: last.p50 / first.p50, people: last.therapists / first.therapists };
}

function printRow(name: string, cells: readonly string[]): void {
  console.log(`  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(20)).join("")}`);
}

function number(ms: number): string {
  return ms < 100 ? ms.toFixed(1) : Math.round(ms).toLocaleString("en");
}

const width = 760;
const left = 230;
const right = 60;
const rowHeight = 22;

/** How many times longer each takes in the largest directory than in the smallest; light and dark. */
export function drawGrowth(growth: readonly Growth[]): string {
  const people = Math.max(1, ...growth.map((each) => grewBy(each).people));
  const most = Math.max(people, ...growth.map((each) => grewBy(each).times));
  const lengthOf = (times: number) =>
    ((width - left - right) * Math.log(Math.max(times, 1))) / Math.log(Math.max(most, 2));
  const height = 60 + growth.length * rowHeight;
  const rows = growth.map((each, at) => {
    const { times } = grewBy(each);
    const top = 44 + at * rowHeight;
    const length = Math.max(2, lengthOf(times));
    const kind = each.grows === "not" ? "still" : "grows";
    return (
      `<text x="${left - 10}" y="${top + 8}" class="name">${each.work}</text>` +
      `<rect x="${left}" y="${top}" width="${length.toFixed(1)}" height="16" class="${kind}"/>` +
      `<text x="${(left + length + 6).toFixed(1)}" y="${top + 8}">${times.toFixed(1)}</text>`
    );
  });
  const end = left + lengthOf(people);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="How many times longer each piece of work takes">
<style>${style}</style>
<rect width="${width}" height="${height}" class="ground"/>
<text x="10" y="22" class="title">With ${people.toFixed(0)} times as many therapists: so many times as long (logarithmic)</text>
<path d="M${end.toFixed(1)} 36V${height - 8}" class="one"/>
${rows.join("\n")}
</svg>
`;
}

const style = `
text { font: 12px system-ui, sans-serif; fill: #222; dominant-baseline: central }
.title { font-size: 15px; font-weight: 600 } .name { text-anchor: end }
.ground { fill: #fff } .one { stroke: #888; stroke-dasharray: 3 3; fill: none }
.still { fill: #0b6e6e } .grows { fill: #c8641b }
@media (prefers-color-scheme: dark) {
  text { fill: #eee } .ground { fill: #16181c } .one { stroke: #999 }
  .still { fill: #4fc3c3 } .grows { fill: #f2a25c }
}`;
