import type { Counts, Receipt } from "@tideway/core";
import { counted, number } from "./in-words.ts";

const columns: ReadonlyArray<readonly [keyof Counts, string]> = [
  ["read", "read"],
  ["sent", "sent"],
  ["unchanged", "unchanged"],
  ["rejected", "refused"],
  ["skipped", "left out"]
];

/** What an upload did, as a small table by kind. */
export const receiptLines = ({ kinds, ...total }: Pick<Receipt, keyof Counts | "kinds">): ReadonlyArray<string> => {
  const rows: ReadonlyArray<readonly [string, Counts]> = [
    ...Object.entries(kinds)
      .sort(([, a], [, b]) => b.read - a.read)
      .map(([kind, counts]) => [kind === "unknown" ? "(no kind)" : kind, counts] as const),
    ["all", total]
  ];
  const name = Math.max(4, ...rows.map(([kind]) => kind.length));
  const shown = columns.filter(([key]) => key === "read" || key === "sent" || total[key] > 0);
  const width = Math.max(9, number(total.read).length);
  const line = (first: string, cells: ReadonlyArray<string>) =>
    `${first.padEnd(name)}  ${cells.map((cell) => cell.padStart(width)).join("  ")}`;
  return [
    line(
      "kind",
      shown.map(([, title]) => title)
    ),
    ...rows.map(([kind, counts]) =>
      line(
        kind,
        shown.map(([key]) => number(counts[key]))
      )
    )
  ];
};

/**
 * The outcome in one sentence. `inside`: how many of those left out went inside another datum. A dry run asks nobody what is
 * there already: it can only say how many there may be.
 */
export const receiptSentence = (
  { sent, unchanged, rejected, skipped }: Counts,
  { inside, dryRun }: { readonly inside: number; readonly dryRun: boolean }
): string => {
  const parts = [`${dryRun ? "up to " : ""}${counted(sent, "datum")} ${dryRun ? "would be sent" : "sent"}`];
  if (unchanged > 0) parts.push(`${number(unchanged)} already there`);
  if (inside > 0) parts.push(`${number(inside)} inside the datums they belong to`);
  if (rejected > 0) parts.push(`${number(rejected)} refused`);
  if (skipped > inside) parts.push(`${number(skipped - inside)} left out`);
  return `${parts.join(", ")}.`;
};
