import type { InputFile } from "../../input-file.ts";
import { type Database, withDatabase } from "../../node/temporary-database.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { connectRecord, type ConnectTable, connectTables } from "./connect-record.ts";

const pageSize = 500;

/** Some records of one table. */
export interface ConnectPage {
  readonly table: ConnectTable;
  readonly items: ReadonlyArray<ReturnType<typeof connectRecord>>;
}

/** What was found of the schema: told before the records. */
export interface ConnectSchema {
  /** `PRAGMA user_version`: Android counts it up when the schema changes. */
  readonly version: number;
  /** Tables that should be there, or that lack a column. */
  readonly missing: ReadonlyArray<string>;
}

/** Columns of a true table; empty where there is none, or something else of its name. */
const columnsOf = (database: Database, table: string): ReadonlySet<string> => {
  const [found] = database.rows(
    `SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = '${table}' AND sql NOT LIKE 'CREATE VIRTUAL%'`
  );
  if (!found) return new Set();
  return new Set([...database.rows(`SELECT name FROM pragma_table_xinfo('${table}')`)].map(({ name }) => String(name)));
};

const always = ["row_id", "uuid"];

/** The statement that gives a table's rows; `undefined` where a column that is needed is missing. */
const statementFor = (database: Database, table: ConnectTable): string | undefined => {
  const columns = columnsOf(database, table);
  const wanted = Object.entries(connectTables[table]);
  const optional = new Set(["zone", "specimen"]);
  const isComplete = [...always, ...wanted.flatMap(([as, name]) => (optional.has(as) ? [] : [name]))].every((name) =>
    columns.has(name)
  );
  if (!isComplete) return undefined;
  // Whatever somebody put there, no more than this of a text is read; whole numbers may be larger than a double holds.
  const column = (name: string, as: string): string => {
    if (!columns.has(name)) return `NULL AS "${as}"`;
    const value = `r.${name}`;
    return `CASE WHEN typeof(${value}) = 'integer' THEN CAST(${value} AS REAL) WHEN length(${value}) < 100 THEN ${value} END AS "${as}"`;
  };
  const apps = columnsOf(database, "application_info_table");
  const hasApps = apps.has("row_id") && apps.has("app_name") && columns.has("app_info_id");
  const app = hasApps
    ? "(SELECT substr(a.app_name, 1, 100) FROM application_info_table a WHERE a.row_id = r.app_info_id)"
    : "NULL";
  const parts = [
    column("row_id", "row"),
    "CASE WHEN length(r.uuid) = 16 THEN hex(r.uuid) END AS uuid",
    ...wanted.map(([as, name]) => column(name, as)),
    column("recording_method", "method"),
    column("last_modified_time", "modified"),
    `${app} AS app`
  ];
  return `SELECT ${parts.join(", ")} FROM ${table} r ORDER BY r.row_id`;
};

/**
 * The records of a database, table by table, in pages; the schema comes first.
 *
 * @throws {UnreadableInput} `damaged` where SQLite cannot read it.
 */
export const connectRows = async function* (file: InputFile): AsyncGenerator<ConnectPage | ConnectSchema> {
  const read = function* (database: Database): Generator<ConnectPage | ConnectSchema> {
    const [first] = database.rows("PRAGMA user_version");
    const tables = Object.keys(connectTables) as ReadonlyArray<ConnectTable>;
    const statements = new Map(tables.map((table) => [table, statementFor(database, table)] as const));
    yield {
      version: Number(first?.["user_version"] ?? 0),
      missing: tables.filter((table) => statements.get(table) === undefined)
    };
    for (const [table, statement] of statements) {
      if (statement === undefined) continue;
      let items: Array<ReturnType<typeof connectRecord>> = [];
      for (const row of database.rows(statement)) {
        items.push(connectRecord(table, row));
        if (items.length < pageSize) continue;
        yield { table, items };
        items = [];
      }
      if (items.length > 0) yield { table, items };
    }
  };
  try {
    yield* withDatabase(file.stream(), read);
  } catch (cause) {
    if (cause instanceof UnreadableInput || !(cause instanceof Error) || !("errcode" in cause)) throw cause;
    const message = `The database ${file.name} is damaged or cut short: export it again.`;
    throw new UnreadableInput("damaged", message, { cause });
  }
};
