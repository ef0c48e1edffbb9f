import { type Config, readConfig } from "#lib/config.ts";
import { type Cadence, defaultCadence } from "./rules.ts";

/** How often claims are looked at here: the defaults, and what the environment changes of them. */
export function readCadence({ VETTING_CADENCE }: Config = readConfig()): Cadence {
  return VETTING_CADENCE ?? defaultCadence;
}
