import { type Connection, connect } from "#db/client.ts";
import { isChainGuarded } from "#lib/audit/read-guard.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { type Head, headText } from "#lib/audit/rules.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { requireDatabaseUrl } from "#lib/config.ts";
import { count, faultText, unguarded, wellText } from "./words.ts";

const TOLD_EVERY_MS = 2_000;

/** The head alone on stdout, so that it can go into a file or a signature as it is. */
export function printHead(): Promise<void> {
  return connected(async ({ db }) => console.log(headText(await readHead(db))));
}

/** Says whether the chain is well; a chain that is not sets the exit code. */
export function verify(kept: Head | null, signal: AbortSignal): Promise<void> {
  return connected(async ({ db }) => {
    const verdict = await verifyChain({ kept, onProgress: teller(), signal }, db);
    if (verdict.fault) {
      console.error(faultText(verdict.fault, verdict.rows));
      process.exitCode = 1;
    } else {
      console.log(wellText(verdict.rows, kept !== null));
      console.log(headText(verdict.head));
    }
    if (!(await isChainGuarded(db))) console.error(unguarded);
  });
}

async function connected(work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = connect(requireDatabaseUrl(), { max: 2 });
  try {
    await work(connection);
  } finally {
    await connection.sql.end();
  }
}

/** Says how far it is, now and then: nothing for chains that are done at once. */
function teller(): (rows: number, all: number) => void {
  let told = performance.now();
  return (rows, all) => {
    if (performance.now() - told < TOLD_EVERY_MS) return;
    told = performance.now();
    console.error(`  ${count(rows)} of ${count(all)} rows`);
  };
}
