const escaped = "json:";

/**
 * An origin id as PostgreSQL can keep it: a `text` there takes neither a zero character nor half of a surrogate pair. Two ids never
 * become one.
 */
export const idToColumn = (id: string): string =>
  id.includes("\0") || !id.isWellFormed() || id.startsWith(escaped) ? escaped + JSON.stringify(id) : id;

/** The id that {@link idToColumn} was given. */
export const idFromColumn = (column: string): string =>
  column.startsWith(escaped) ? (JSON.parse(column.slice(escaped.length)) as string) : column;
