import { SchemaError } from "#db/schema-stand.ts";
import { SetupError } from "#lib/errors.ts";

/** Shows a step before it begins and how long it took; long ones can report in between. */
export async function step<T>(
  name: string,
  work: () => Promise<T> | T,
  signal?: AbortSignal,
): Promise<T> {
  const started = performance.now();
  console.log(`  ...  ${name}`);
  try {
    const result = await work();
    console.log(`  ok   ${name} (${seconds(started)})`);
    return result;
  } catch (error) {
    console.log(`  ${signal?.aborted ? "left" : "FAIL"} ${name} (${seconds(started)})`);
    throw error;
  }
}

export function detail(line: string): void {
  console.log(`       ${line.replaceAll("\n", "\n       ")}`);
}

/** A setup problem is told in its own words; anything else with its stack, for a bug report. */
export function explain(error: unknown): string {
  if (error instanceof SetupError || error instanceof SchemaError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
