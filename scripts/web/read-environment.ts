import { readConfig } from "#lib/config.ts";
import { explain } from "../up/print.ts";

// Imported before all else: other modules read the environment as well, and would end in a stack.
try {
  readConfig();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
