import type { Sql } from "postgres";

/**
 * Lets a connection of the pool have one question at a time. The driver sends the next one before the
 * last is answered, and in two parts when it has parameters. Between the two, PgBouncer up to 1.18
 * gives the connection away: then whoever asked waits for ever. Inside a transaction it does not, so
 * there all stays as it was. Drizzle's questions alone: those of `sql` itself are one after another.
 */
export function withoutPipelining(sql: Sql): Sql {
  const ask = sql.unsafe.bind(sql);
  const unsafe = (text: string, parameters: never[] = [], options = {}) =>
    ask(text, parameters, { ...alone, ...options });
  return Object.assign(sql, { unsafe });
}

/** The driver asks as soon as it has sent a question whether more may follow; `begin` asks it too. */
const alone: object = { onexecute: () => false };
