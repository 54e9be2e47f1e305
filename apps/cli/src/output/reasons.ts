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
  /** Where in the datum, with `*` for every position in an array. */
  readonly pointer: string | undefined;
  readonly count: number;
}

/** More reasons than this are told together. */
const most = 200;

/** Longer texts than this many characters are cut: a server, or a file, may make them of any length. */
const longest = 300;

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** `/samples/3/value` and `/samples/4/value` are one place. */
const placeOf = (pointer: string | undefined): string | undefined =>
  pointer === undefined ? undefined : cut(pointer.replace(/\/\d+(?=\/|$)/gu, "/*"));

/** What is told of reasons that are too many to be told apart. */
const otherReasons = {
  code: "other",
  kind: "",
  pointer: undefined,
  message: "Other reasons: --report FILE names each."
};

/** The code of a record that was sent after all: a bolus inside its wizard. */
const insideAnother = "inside-another";

/** Sorts rejections by their reason while they come: there may be a million of them, for a handful of reasons. */
export const createReasons = () => {
  const reasons = new Map<string, Reason & { count: number }>();
  return {
    add({ outcome, by, code: itsCode, kind: itsKind, at, message, issues }: Rejection): void {
      const found = { code: cut(itsCode), kind: itsKind ?? "", pointer: placeOf(issues[0]?.pointer) };
      const keyOf = ({ code, kind, pointer }: typeof found) => JSON.stringify([outcome, by, code, kind, pointer]);
      const isRoom = reasons.size < most || reasons.has(keyOf(found)) || itsCode === insideAnother;
      const told = isRoom ? { ...found, message: cut(message) } : otherReasons;
      const known = reasons.get(keyOf(told));
      if (known) known.count++;
      else reasons.set(keyOf(told), { outcome, by, ...told, at: cut(at), count: 1 });
    },
    /** The most frequent first. */
    all: (): ReadonlyArray<Reason> => [...reasons.values()].sort((a, b) => b.count - a.count)
  };
};

/** How many records went inside the datum that they belong to. */
export const countInside = (reasons: ReadonlyArray<Reason>): number =>
  reasons.filter(({ code }) => code === insideAnother).reduce((sum, { count }) => sum + count, 0);

/** Reasons in words, the most frequent `shown` of them. */
export const reasonLines = (reasons: ReadonlyArray<Reason>, shown = 10): ReadonlyArray<string> => {
  const told = reasons.filter(({ code }) => code !== insideAnother);
  const lines = told.slice(0, shown).map(({ outcome, code, kind, at, message, count }) => {
    const what = [kind, code].filter((part) => part !== "").join(", ");
    return `  ${number(count)} ${outcome === "rejected" ? "refused" : "left out"} (${what}), first at ${at}: ${message}`;
  });
  if (told.length <= shown) return lines;
  return [...lines, `  … and ${counted(told.length - shown, "more reason")}; --report FILE writes down each one.`];
};
