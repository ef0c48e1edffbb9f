import { help, type LeadOptions, readOptions } from "./lead/options.ts";

const options = readOptions(process.argv.slice(2));
if (options === "help") console.log(help);
else if ("problem" in options) {
  console.error(`${options.problem}\n\n${help}`);
  process.exitCode = 1;
} else await makeLead(options);

async function makeLead(options: LeadOptions): Promise<void> {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runLead } = await import("./lead/run-lead.ts");
  const { withServices } = await import("./services.ts");
  await withServices(() => runLead(options));
}
