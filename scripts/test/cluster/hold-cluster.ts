import { runServices } from "../../up/run-services.ts";
import { startCluster } from "./start-cluster.ts";

// A process of its own: what it starts ends with it, however it ends.
await runServices({ dev: false }, startCluster);
