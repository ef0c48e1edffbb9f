export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Outcome extends Tally {
  name: string;
  seconds: number;
}

/** A runner that failed without naming a test, or ran none at all, counts as one failure. */
export function honest(tally: Tally, exitCode: number): Tally {
  const silent = exitCode !== 0 || tally.passed + tally.failed === 0;
  return tally.failed === 0 && silent ? { ...tally, failed: 1 } : tally;
}

export function sumUp(outcomes: Outcome[]): Tally {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of outcomes) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

export function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

export function table(outcomes: Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  return outcomes
    .map((one) => {
      const mark = one.failed === 0 ? "ok  " : "FAIL";
      const time = `${one.seconds.toFixed(1)} s`.padStart(8);
      return `  ${mark} ${one.name.padEnd(width)} ${time}  ${inWords(one)}`;
    })
    .join("\n");
}
