import { type AuditOptions, readOptions } from "./audit/options.ts";
import { usage } from "./audit/words.ts";

const options = readOptions(process.argv.slice(2));
if (options === "help") console.log(usage);
else if ("problem" in options) {
  console.error(`${options.problem}\n${usage}`);
  process.exitCode = 1;
} else await audit(options);

async function audit(wanted: AuditOptions): Promise<void> {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { printHead, verify } = await import("./audit/run-audit.ts");
  const { withServices } = await import("./services.ts");
  await withServices(
    (_, signal) => (wanted.command === "head" ? printHead() : verify(wanted.kept, signal)),
    { search: false },
  );
}
