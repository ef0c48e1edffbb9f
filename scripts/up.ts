import { runServices } from "./up/run-services.ts";

await runServices({ dev: false });
