import type { Datum } from "@tideway/schemas";
import type { OpenSource, Source } from "../contract/entry.ts";
import { requireSource } from "./pages.ts";

/** Values that may be datums. */
type Values = Iterable<unknown> | AsyncIterable<unknown>;

/**
 * A source of values of which nothing is known, such as what `JSON.parse` gave: `client.upload(unknownDatums(values))`. They are
 * checked like any others, and what is no datum is rejected one by one, with its reason. A text or bytes are not such a list:
 * the readers of `@tideway/sources` make one of them. Throws a TypeError for anything that cannot be iterated.
 */
export const unknownDatums = (values: Values | (() => Values)): Source => {
  // The check of each datum trusts no type; only the compiler has to be told.
  const trusted = (opened: Values) => opened as Iterable<Datum> | AsyncIterable<Datum> satisfies OpenSource;
  requireSource(values);
  return typeof values === "function" ? () => trusted(values()) : trusted(values);
};
