import { primary, primaryConnection } from "#db/client.ts";
import { unavailablePart } from "#lib/errors.ts";
import { carryOut } from "./commands.ts";

// A process of its own that carries out one order, and may be killed at it at any moment.
const order = JSON.parse(process.argv[2] ?? "");
const databaseUrl = process.env.DATABASE_URL ?? "";
const said = await carryOut(order, { db: primary(), databaseUrl }).then(
  () => "done",
  (error: unknown) => unavailablePart(error) ?? String(error),
);
await primaryConnection().sql.end();
process.send?.(said);
process.disconnect?.();
