import type { Node } from "libpg-query";

/** What gives each row the same: Postgres then writes no row to add it as a column's default. */
export function isSameForAll(node: Node | undefined): boolean {
  if (!node) return true;
  if ("A_Const" in node) return true;
  if ("TypeCast" in node) return isSameForAll(node.TypeCast.arg);
  if ("A_ArrayExpr" in node) return (node.A_ArrayExpr.elements ?? []).every(isSameForAll);
  if ("SQLValueFunction" in node) return true;
  if (!("FuncCall" in node)) return false;
  const names = (node.FuncCall.funcname ?? []).map(text);
  return ["now", "transaction_timestamp", "statement_timestamp"].includes(names.at(-1) ?? "");
}

/** The column that `column is not null` is about. */
export function notNullColumn(node: Node | undefined): string | null {
  if (!node || !("NullTest" in node) || node.NullTest.nulltesttype !== "IS_NOT_NULL") return null;
  return columnOf(node.NullTest.arg);
}

/** Whether `column in (…)` lets in all that another one did. */
export function letsInAllOf(wide: Node | undefined, narrow: Node | undefined): boolean {
  const [a, b] = [membersOf(wide), membersOf(narrow)];
  if (!a || !b || a.column !== b.column) return false;
  return b.members.every((member) => a.members.includes(member));
}

function membersOf(node: Node | undefined): { column: string; members: string[] } | null {
  if (!node || !("A_Expr" in node)) return null;
  const { kind, name = [], lexpr, rexpr } = node.A_Expr;
  const column = columnOf(lexpr);
  if (kind !== "AEXPR_IN" || text(name[0]) !== "=" || !column) return null;
  if (!rexpr || !("List" in rexpr)) return null;
  const members = (rexpr.List.items ?? []).map((item) =>
    "A_Const" in item ? JSON.stringify(item.A_Const.sval ?? item.A_Const.ival) : null,
  );
  return members.includes(null) ? null : { column, members: members as string[] };
}

function columnOf(node: Node | undefined): string | null {
  if (!node || !("ColumnRef" in node)) return null;
  return text(node.ColumnRef.fields?.at(-1)) || null;
}

function text(node: Node | undefined): string {
  return node && "String" in node ? (node.String.sval ?? "") : "";
}
