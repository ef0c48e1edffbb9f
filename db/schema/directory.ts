import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable } from "drizzle-orm/pg-core";

/**
 * One row that goes up in every transaction that changes what a reader could see. Web processes
 * keep rendered pages only as long as it stands still.
 */
export const directoryVersion = pgTable(
  "directory_version",
  {
    only: integer().primaryKey().default(1),
    version: bigint({ mode: "number" }).notNull().default(1),
    /** The shape of the documents that the index was last built with; 0 before the first build. */
    indexShape: integer().notNull().default(0),
  },
  (t) => [check("directory_version_one_row", sql`${t.only} = 1`)],
);
