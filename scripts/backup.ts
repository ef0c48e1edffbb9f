import { readOptions } from "./backup/options.ts";
import { usage } from "./backup/words.ts";
import { givenOptions } from "./given-options.ts";

const options = givenOptions(readOptions(process.argv.slice(2)), usage);
if (options) {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runBackup } = await import("./backup/run-backup.ts");
  const { withServices } = await import("./services.ts");
  await withServices((_, signal) => runBackup(options, signal), { search: false });
}
