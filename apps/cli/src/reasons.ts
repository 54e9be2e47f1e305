import type { Rejection } from "@tideway/core";
import { counted, number } from "./in-words.ts";

/** Rejections of one reason. */
export interface Reason {
  readonly outcome: Rejection["outcome"];
  readonly by: Rejection["by"];
  readonly code: string;
  readonly kind: string;
  /** Of the first one. */
  readonly at: string;
  readonly message: string;
  readonly pointer: string | undefined;
  readonly count: number;
}

/** Sorts rejections by their reason while they come: there may be a million of them, for a handful of reasons. */
export const createReasons = () => {
  const reasons = new Map<string, Reason>();
  return {
    add({ outcome, by, code, kind: itsKind, at, message, issues }: Rejection): void {
      const kind = itsKind ?? "";
      const key = JSON.stringify([outcome, by, code, kind, issues[0]?.pointer]);
      const count = (reasons.get(key)?.count ?? 0) + 1;
      const first = reasons.get(key) ?? { outcome, by, code, kind, at, message, pointer: issues[0]?.pointer };
      reasons.set(key, { ...first, count });
    },
    /** The most frequent first. */
    all: (): ReadonlyArray<Reason> => [...reasons.values()].sort((a, b) => b.count - a.count)
  };
};

/** The code of a record that was sent after all: a bolus inside its wizard. */
const insideAnother = "inside-another";

/** How many records went inside the datum that they belong to. */
export const countInside = (reasons: ReadonlyArray<Reason>): number =>
  reasons.filter(({ code }) => code === insideAnother).reduce((sum, { count }) => sum + count, 0);

/** Reasons in words, the most frequent `most` of them. */
export const reasonLines = (reasons: ReadonlyArray<Reason>, most = 10): ReadonlyArray<string> => {
  const told = reasons.filter(({ code }) => code !== insideAnother);
  const lines = told.slice(0, most).map(({ outcome, code, kind, at, message, count }) => {
    const what = [kind, code].filter((part) => part !== "").join(", ");
    return `  ${number(count)} ${outcome === "rejected" ? "refused" : "left out"} (${what}), first at ${at}: ${message}`;
  });
  if (told.length <= most) return lines;
  return [...lines, `  … and ${counted(told.length - most, "more reason")}; --report FILE writes down each one.`];
};
