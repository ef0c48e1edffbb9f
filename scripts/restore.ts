import { givenOptions } from "./given-options.ts";
import { readOptions } from "./restore/options.ts";
import { usage } from "./restore/words.ts";

const options = givenOptions(readOptions(process.argv.slice(2)), usage);
if (options) {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runRestore } = await import("./restore/run-restore.ts");
  const { withServices } = await import("./services.ts");
  await withServices((_, __, ownerUrl) => runRestore(options, ownerUrl), {
    search: false,
    migrate: false,
  });
}
