import type { Constraint, Node } from "libpg-query";
import type { MigrationFile } from "./read-statements.ts";

/** A constraint as an earlier statement left it. */
export type KnownConstraint = {
  table: string;
  constraint: Constraint;
  valid: boolean;
  tag: string;
};

/** What earlier statements made, as far as the rules ask for it. */
export type Known = {
  /** Made by the migration that is being read: nobody uses them yet. */
  newTables: Set<string>;
  /** Functions and views by name, of any migration. */
  replaceable: Set<string>;
  constraints: Map<string, KnownConstraint>;
  uniqueIndexes: Set<string>;
  /** Tables of indexes by the index's name. */
  indexTables: Map<string, string>;
};

export function nothingKnown(): Known {
  return {
    newTables: new Set(),
    replaceable: new Set(),
    constraints: new Map(),
    uniqueIndexes: new Set(),
    indexTables: new Map(),
  };
}

/** Takes note of what a statement makes or takes away. */
export function learn({ tag }: MigrationFile, node: Node, known: Known): void {
  if ("CreateStmt" in node) {
    const table = node.CreateStmt.relation?.relname ?? "";
    known.newTables.add(table);
    for (const part of node.CreateStmt.tableElts ?? []) learnPart(part, table, tag, known);
  } else if ("CreateTableAsStmt" in node) {
    known.newTables.add(node.CreateTableAsStmt.into?.rel?.relname ?? "");
  } else if ("AlterTableStmt" in node) {
    const table = node.AlterTableStmt.relation?.relname ?? "";
    for (const part of node.AlterTableStmt.cmds ?? []) learnPart(part, table, tag, known);
  } else if ("IndexStmt" in node) {
    const { idxname = "", relation, unique } = node.IndexStmt;
    known.indexTables.set(idxname, relation?.relname ?? "");
    if (unique) known.uniqueIndexes.add(idxname);
  } else if ("CreateFunctionStmt" in node) {
    known.replaceable.add(lastName(node.CreateFunctionStmt.funcname));
  } else if ("ViewStmt" in node) known.replaceable.add(node.ViewStmt.view?.relname ?? "");
}

function learnPart(part: Node, table: string, tag: string, known: Known): void {
  if ("Constraint" in part) {
    const { conname, skip_validation } = part.Constraint;
    const constraint = part.Constraint;
    if (conname) {
      known.constraints.set(conname, { table, constraint, valid: !skip_validation, tag });
    }
  } else if ("ColumnDef" in part) {
    for (const one of part.ColumnDef.constraints ?? []) learnPart(one, table, tag, known);
  } else if ("AlterTableCmd" in part) {
    const { subtype, name = "", def } = part.AlterTableCmd;
    const found = known.constraints.get(name);
    if (def && subtype === "AT_AddConstraint") learnPart(def, table, tag, known);
    if (found && subtype === "AT_ValidateConstraint") {
      known.constraints.set(name, { ...found, valid: true });
    }
  }
}

/** Of a qualified name, the part behind the last dot. */
export function lastName(names: readonly Node[] = []): string {
  const last = names.at(-1);
  return last && "String" in last ? (last.String.sval ?? "") : "";
}
