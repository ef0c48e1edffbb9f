import { givenOptions } from "./given-options.ts";
import { readOptions } from "./mirror/options.ts";
import { usage } from "./mirror/words.ts";

const options = givenOptions(readOptions(process.argv.slice(2)), usage);
if (options) {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runMirror } = await import("./mirror/run-mirror.ts");
  const { withServices } = await import("./services.ts");
  await withServices((_, signal) => runMirror(options, signal), { search: false });
}
