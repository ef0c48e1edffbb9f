import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint } from "libpg-query";
import { isSameForAll, letsInAllOf, notNullColumn } from "./expressions.ts";
import { breaks, type Finding, locks, never } from "./finding.ts";
import type { Known } from "./known.ts";
import type { MigrationFile } from "./read-statements.ts";

type Place = { table: string; file: MigrationFile; known: Known };

/** What is wrong with changing a table that is there already. */
export function alterFindings(alter: AlterTableStmt, file: MigrationFile, known: Known): Finding[] {
  const table = alter.relation?.relname ?? "";
  if (alter.objtype !== "OBJECT_TABLE") return [never("only tables are altered: no rule yet")];
  if (known.newTables.has(table)) return [];
  const place = { table, file, known };
  return (alter.cmds ?? []).flatMap((cmd) =>
    "AlterTableCmd" in cmd ? commandFindings(cmd.AlterTableCmd, place) : [],
  );
}

function commandFindings(cmd: AlterTableCmd, place: Place): Finding[] {
  const { name = "", def } = cmd;
  const { table, known } = place;
  switch (cmd.subtype) {
    case "AT_SetStatistics":
    case "AT_SetRelOptions":
      return [];
    case "AT_AddColumn":
      return def && "ColumnDef" in def ? newColumn(def.ColumnDef, table) : [];
    case "AT_ColumnDefault":
      return def ? [] : [breaks(`${table}.${name}: who leaves it out gets no default any more`)];
    case "AT_DropNotNull":
      return [breaks(`${table}.${name}: whoever reads it meets null, and knows of none`)];
    case "AT_SetNotNull":
      return notNull(name, place);
    case "AT_DropColumn":
      return [breaks(`${table}.${name} is dropped, and may still be read or written`)];
    case "AT_AlterColumnType":
      return [
        never(
          `${table}.${name}: another type writes each row while everyone waits. Add a column beside it, write both, fill it by a job, and drop the old one in a later release`,
        ),
      ];
    case "AT_AddConstraint":
      return def && "Constraint" in def ? newConstraint(def.Constraint, place) : [];
    case "AT_ValidateConstraint": {
      if (known.constraints.get(name)?.tag !== place.file.tag || place.file.outside) return [];
      const why = `${name} is looked at in the transaction that made it, whose lock lasts: in the next migration`;
      return [locks(why)];
    }
    case "AT_DropConstraint":
      return dropped(name, table, known);
    default:
      return [never(`${table}: there is no rule yet for ${cmd.subtype}; add one`)];
  }
}

function newColumn(column: ColumnDef, table: string): Finding[] {
  const name = `${table}.${column.colname}`;
  const parts = (column.constraints ?? []).flatMap((part) =>
    "Constraint" in part ? [part.Constraint] : [],
  );
  const has = (type: Constraint["contype"]) => parts.some(({ contype }) => contype === type);
  const given = parts.find(({ contype }) => contype === "CONSTR_DEFAULT");
  const findings: Finding[] = [];
  if (has("CONSTR_NOTNULL") && !given) {
    findings.push(
      breaks(`${name} is not null without a default: whoever leaves it out is refused`),
    );
  }
  const written = "is written into each row while everyone waits";
  const type = column.typeName?.names?.at(-1);
  const serial = type && "String" in type && /serial/.test(type.String.sval ?? "");
  if (serial || has("CONSTR_GENERATED") || has("CONSTR_IDENTITY")) {
    findings.push(locks(`${name} ${written}`));
  }
  if (given && !isSameForAll(given.raw_expr)) {
    findings.push(locks(`${name}: a default that differs by row ${written}. Fill it by a job`));
  }
  if (has("CONSTR_UNIQUE") || has("CONSTR_PRIMARY")) {
    findings.push(locks(`${name}: its index is made while everyone waits. Make it concurrently`));
  }
  if (has("CONSTR_CHECK") || (has("CONSTR_FOREIGN") && given)) {
    findings.push(locks(`${name}: each row is looked at. Add the constraint by itself, NOT VALID`));
  }
  return findings;
}

function notNull(column: string, { table, file, known }: Place): Finding[] {
  const proof = [...known.constraints.values()].find(
    (one) => one.table === table && one.valid && notNullColumn(one.constraint.raw_expr) === column,
  );
  const findings = [breaks(`${table}.${column}: whoever leaves it out is refused`)];
  if (proof && (proof.tag !== file.tag || file.outside)) return findings;
  const how = `CHECK (${column} IS NOT NULL) NOT VALID, VALIDATE in the next migration, then SET NOT NULL`;
  return [...findings, locks(`${table}.${column}: each row is looked at. First ${how}`)];
}

function newConstraint(constraint: Constraint, { table, known }: Place): Finding[] {
  const { contype, conname = "", skip_validation, indexname } = constraint;
  const tighter = breaks(`${table}, ${conname}: whoever does not keep to it is refused`);
  if (contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY") {
    if (indexname) return [tighter];
    const how = "CREATE UNIQUE INDEX CONCURRENTLY, then USING INDEX";
    return [tighter, locks(`${table}, ${conname}: its index is made while everyone waits. ${how}`)];
  }
  if (contype !== "CONSTR_CHECK" && contype !== "CONSTR_FOREIGN") {
    return [never(`${table}, ${conname}: there is no rule yet for ${contype}; add one`)];
  }
  const before = known.constraints.get(conname);
  const isWider =
    before?.table === table && letsInAllOf(constraint.raw_expr, before.constraint.raw_expr);
  const findings = isWider ? [] : [tighter];
  if (skip_validation) return findings;
  const how = "Add it NOT VALID, and VALIDATE it in the next migration";
  return [...findings, locks(`${table}, ${conname}: each row is looked at. ${how}`)];
}

/** A check that goes lets in more; keys and unique ones are what others lean on. */
function dropped(name: string, table: string, known: Known): Finding[] {
  if (known.constraints.get(name)?.constraint.contype === "CONSTR_CHECK") return [];
  return [breaks(`${table}, ${name}: ON CONFLICT and cascades lean on it`)];
}
