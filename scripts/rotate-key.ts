import { help } from "./rotate-key/words.ts";

const [argument] = process.argv.slice(2);
if (argument === "--help") console.log(help);
else if (argument !== undefined) {
  console.error(`npm run rotate-key takes no arguments.\n\n${help}`);
  process.exitCode = 1;
} else {
  // Loaded only now: a wrong argument should not wait for a database's worth of code.
  const { runRotateKey } = await import("./rotate-key/run-rotate-key.ts");
  const { withServices } = await import("./services.ts");
  await withServices((_, signal) => runRotateKey(signal), { search: false });
}
