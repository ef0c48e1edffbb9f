import type { DropStmt, IndexStmt, Node, RenameStmt } from "libpg-query";
import { alterFindings } from "./alter-rules.ts";
import { breaks, type Finding, locks, never } from "./finding.ts";
import { type Known, lastName } from "./known.ts";
import type { MigrationFile } from "./read-statements.ts";

/** What only adds, and holds up nobody. */
const free = new Set([
  "CreateStmt",
  "CreateTableAsStmt",
  "CreateSchemaStmt",
  "CreateSeqStmt",
  "CreateEnumStmt",
  "CompositeTypeStmt",
  "CreateDomainStmt",
  "CreateExtensionStmt",
  "DefineStmt",
  "CommentStmt",
  "CreateTrigStmt",
]);

/** What is wrong with a statement for those who use the database meanwhile, and afterwards. */
export function statementFindings(node: Node, file: MigrationFile, known: Known): Finding[] {
  if (file.outside) return outsideFindings(node);
  const [kind = ""] = Object.keys(node);
  if (free.has(kind)) return [];
  if ("AlterTableStmt" in node) return alterFindings(node.AlterTableStmt, file, known);
  if ("IndexStmt" in node) return newIndex(node.IndexStmt, known);
  if ("DropStmt" in node) return drop(node.DropStmt, known);
  if ("RenameStmt" in node) return rename(node.RenameStmt, known);
  if ("CreateFunctionStmt" in node) {
    const name = lastName(node.CreateFunctionStmt.funcname);
    return node.CreateFunctionStmt.replace ? replaced(name, known) : [];
  }
  if ("ViewStmt" in node) {
    return node.ViewStmt.replace ? replaced(node.ViewStmt.view?.relname ?? "", known) : [];
  }
  if ("InsertStmt" in node) {
    const { selectStmt: from } = node.InsertStmt;
    const isList =
      !from || ("SelectStmt" in from && (from.SelectStmt.valuesLists ?? []).length > 0);
    return isList ? [] : changesRows(node.InsertStmt.relation?.relname, known);
  }
  if ("UpdateStmt" in node) return changesRows(node.UpdateStmt.relation?.relname, known);
  if ("DeleteStmt" in node) return changesRows(node.DeleteStmt.relation?.relname, known);
  if ("DoStmt" in node) return [never("what a DO block does cannot be read: write it out")];
  return [never(`there is no rule yet for ${kind}; add one to scripts/test/migrations`)];
}

/** Outside a transaction a cut leaves half of it: only what a second run completes may be there. */
function outsideFindings(node: Node): Finding[] {
  if ("IndexStmt" in node) {
    const { concurrent, if_not_exists: again, idxname, unique, relation } = node.IndexStmt;
    const tighter = breaks(
      `${relation?.relname}, ${idxname}: whoever writes the same twice is refused`,
    );
    const how = "CREATE INDEX CONCURRENTLY IF NOT EXISTS, with a name";
    return [...(unique ? [tighter] : []), ...(concurrent && again && idxname ? [] : [never(how)])];
  }
  if ("DropStmt" in node && node.DropStmt.removeType === "OBJECT_INDEX") {
    const { concurrent, missing_ok: again } = node.DropStmt;
    return concurrent && again ? [] : [never("DROP INDEX CONCURRENTLY IF EXISTS")];
  }
  const cmds = "AlterTableStmt" in node ? (node.AlterTableStmt.cmds ?? []) : [];
  const validates = cmds.every(
    (cmd) => "AlterTableCmd" in cmd && cmd.AlterTableCmd.subtype === "AT_ValidateConstraint",
  );
  if (cmds.length > 0 && validates) return [];
  return [
    never("outside a transaction only indexes are made or dropped and constraints validated"),
  ];
}

function newIndex({ relation, idxname, unique, concurrent }: IndexStmt, known: Known): Finding[] {
  const table = relation?.relname ?? "";
  if (known.newTables.has(table)) return [];
  if (concurrent) return [never(`${idxname}: the first line must be “-- outside a transaction”`)];
  const how = "Make it CONCURRENTLY, in a migration outside a transaction";
  const waits = locks(`${table}, ${idxname}: nobody can write while it is made. ${how}`);
  if (!unique) return [waits];
  return [waits, breaks(`${table}, ${idxname}: whoever writes the same twice is refused`)];
}

function drop({ removeType, objects = [], concurrent }: DropStmt, known: Known): Finding[] {
  const names = objects.map((one) =>
    "List" in one
      ? lastName(one.List.items)
      : "TypeName" in one
        ? lastName(one.TypeName.names)
        : "",
  );
  if (removeType !== "OBJECT_INDEX") {
    const old = names.filter((name) => !known.newTables.has(name));
    return old.map((name) => breaks(`${name} is dropped, and may still be used`));
  }
  return names.flatMap((name) => {
    if (known.newTables.has(known.indexTables.get(name) ?? "")) return [];
    const how = "DROP INDEX CONCURRENTLY, in a migration outside a transaction";
    const waits = concurrent ? [] : [locks(`${name}: everyone waits while it goes. ${how}`)];
    const used = known.uniqueIndexes.has(name) ? [breaks(`${name}: ON CONFLICT leans on it`)] : [];
    return [...waits, ...used];
  });
}

function rename({ renameType, relation, subname, newname }: RenameStmt, known: Known): Finding[] {
  if (renameType === "OBJECT_INDEX" || renameType === "OBJECT_TABCONSTRAINT") return [];
  if (known.newTables.has(relation?.relname ?? "")) return [];
  const what = [relation?.relname, subname].filter(Boolean).join(".");
  return [
    never(
      `${what} becomes ${newname}: either release then knows one name alone. Add the new one beside it, write both, and drop the old one in a later release`,
    ),
  ];
}

function replaced(name: string, known: Known): Finding[] {
  return known.replaceable.has(name) ? [breaks(`${name} does something else from now on`)] : [];
}

function changesRows(table = "", known: Known): Finding[] {
  if (known.newTables.has(table)) return [];
  return [locks(`rows of ${table} are changed in one transaction. Let a job do it in small parts`)];
}
