import { connect } from "#db/client.ts";
import { requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { rotateKey } from "#lib/keys/rotate-key.ts";
import { RotateError } from "#lib/keys/rules.ts";
import { faultWords, linesOf, progress } from "./words.ts";

/** Says how it goes; the exit code is 1 as long as something opens with the key before alone. */
export async function runRotateKey(signal: AbortSignal): Promise<void> {
  const { sql, db } = connect(requireDatabaseUrl(), { max: 1 });
  try {
    const say = (place: string, changed: number) => console.log(progress(place, changed));
    const { lines, done } = linesOf(await rotateKey({ say, signal }, db));
    for (const line of lines) console.log(line);
    if (!done) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof RotateError)) throw error;
    throw new SetupError(`Nothing was changed.\n${faultWords(error)}`);
  } finally {
    await sql.end();
  }
}
