import { type ImportOptions, readOptions } from "./import/options.ts";
import { example, helpText } from "./import/words.ts";

// npm starts us in the checkout; the path is meant from where it was called.
const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (options === "help") console.log(helpText());
else if ("problem" in options) {
  console.error(`${options.problem}\n${example}\n--help says what a sheet can hold.`);
  process.exitCode = 1;
} else await importPeople(options);

async function importPeople(options: ImportOptions): Promise<void> {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { checkSheet } = await import("#lib/invitations/check-sheet.ts");
  const { runImport } = await import("./import/run-import.ts");
  const { withServices } = await import("./services.ts");
  const { explain } = await import("./up/print.ts");

  try {
    const all = await checkSheet(options.path);
    await withServices((_, signal) => runImport(options, all, signal));
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
