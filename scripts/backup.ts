import { readOptions } from "./backup/options.ts";
import { usage } from "./backup/words.ts";

const options = readOptions(process.argv.slice(2));
if (options === "help") console.log(usage);
else if ("problem" in options) {
  console.error(`${options.problem}\n\n${usage}`);
  process.exitCode = 1;
} else {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runBackup } = await import("./backup/run-backup.ts");
  const { withServices } = await import("./services.ts");
  await withServices((_, signal) => runBackup(options, signal), { search: false });
}
