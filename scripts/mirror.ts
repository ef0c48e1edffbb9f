import { readOptions } from "./mirror/options.ts";
import { usage } from "./mirror/words.ts";

const options = readOptions(process.argv.slice(2));
if (options === "help") console.log(usage);
else if ("problem" in options) {
  console.error(`${options.problem}\n\n${usage}`);
  process.exitCode = 1;
} else {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runMirror } = await import("./mirror/run-mirror.ts");
  const { withServices } = await import("./services.ts");
  await withServices((_, signal) => runMirror(options, signal), { search: false });
}
