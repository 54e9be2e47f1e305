/** The numbers of a chart, for those who cannot see it and for those who want to copy them. */
export interface DataTable {
  readonly caption: string;
  readonly columns: ReadonlyArray<TableColumn>;
  /** Cells as they are read; the first of each row is its heading. */
  readonly rows: ReadonlyArray<ReadonlyArray<string>>;
}

/** One column of a table. */
export interface TableColumn {
  readonly name: string;
  /** Numbers stand at the right. */
  readonly isNumber: boolean;
}

/** A column of words. */
export const words = (name: string): TableColumn => ({ name, isNumber: false });

/** A column of numbers. */
export const numbers = (name: string): TableColumn => ({ name, isNumber: true });
