import { type Comparison, isEqual } from "./compare.ts";

const columns = [
  "what happened to them",
  "users",
  "put in",
  "in the session",
  "missing",
  "doubled",
  "out of date",
  "equal"
] as const;

const sum = (comparisons: ReadonlyArray<Comparison>, member: keyof Comparison) =>
  comparisons.reduce((total, comparison) => total + comparison[member], 0);

const rowOf = (name: string, comparisons: ReadonlyArray<Comparison>): ReadonlyArray<string> => [
  name,
  ...[
    comparisons.length,
    sum(comparisons, "putIn"),
    sum(comparisons, "held"),
    sum(comparisons, "missing"),
    sum(comparisons, "doubled"),
    sum(comparisons, "outdated")
  ].map((value) => value.toLocaleString("en-US")),
  comparisons.every(isEqual) ? "yes" : "NO"
];

/** A table of groups of users, with all of them in its last row. */
export const summaryTable = (groups: ReadonlyMap<string, ReadonlyArray<Comparison>>): string => {
  const rows = [
    columns,
    ...[...groups].map(([name, comparisons]) => rowOf(name, comparisons)),
    rowOf("all", [...groups.values()].flat())
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: ReadonlyArray<string>) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ");
  const [head, ...body] = rows.map(line);
  return [head, widths.map((width) => "-".repeat(width)).join("  "), ...body].join("\n");
};
