import { startEngines } from "../../scripts/engines/start-engines.ts";

// A launcher that can be killed: starts engines on the given folder and holds them.
const engines = await startEngines({ dataDir: process.argv[2] ?? "", durable: false });
process.send?.({ databaseUrl: engines.databaseUrl });
process.on("message", () => {});
