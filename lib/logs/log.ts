import pino from "pino";
import { readConfig } from "#lib/config.ts";
import { defectOf } from "#lib/errors.ts";

/** All that a line may say: words of ours, ids of jobs and numbers. Nothing that anybody typed. */
export type LogFields = {
  part: "web" | "worker";
  /** A route as it stands in the code, never an address that was asked for. */
  area?: string;
  task?: string;
  /** A search node, by its name: no password is in that. */
  node?: string;
  jobId?: string;
  attempt?: number;
  lastTry?: boolean;
  ms?: number;
};

let logger: pino.Logger | undefined;

/** A line of JSON for operators, on stderr. For staff pages and the worker; readers leave none. */
export function log(level: "debug" | "info" | "warn", event: string, fields: LogFields): void {
  open()[level](fields, event);
}

/** A defect, by its kind and the places in the code: messages of databases quote what was typed. */
export function logDefect(error: unknown, fields: LogFields): void {
  open().error({ ...fields, defect: defectOf(error) }, "defect");
}

function open(): pino.Logger {
  logger ??= pino(
    {
      level: readConfig().LOG_LEVEL,
      // No name of the machine, no process number.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 2, sync: true }),
  );
  return logger;
}
