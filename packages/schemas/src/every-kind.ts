import type { Datum, DefinitionOf, Kind, StoredDatum } from "./datum.ts";
import type { Check } from "./issue.ts";
import type { Definition } from "./kind.ts";
import * as definitions from "./kinds.ts";
import { type DatumModel, modelOf } from "./model.ts";
import type { NormalizeOptions } from "./normalize.ts";
import type { Embedded } from "./split-off.ts";
import type { Writable } from "./writable.ts";

const all: ReadonlyArray<Definition> = Object.values(definitions);

/** The model of every kind that the platform takes: what the functions of this package go by. */
export const everyKind: DatumModel = modelOf(all);

/** Every kind, sorted by name. */
export const kinds: ReadonlyArray<Kind> = all.map(({ kind }) => kind as Kind).sort();

/** The kind of anything; `undefined` for what is no datum of a kind that the platform takes. */
export const kindOf = (value: unknown): Kind | undefined => everyKind.kindOf(value);

/** The definition of a kind: its schema, its rule, what it embeds. Throws a `RangeError` where there is no such kind. */
export const definitionOf = <K extends Kind>(kind: K): DefinitionOf<K> => {
  const found = all.find((definition) => definition.kind === kind);
  if (found === undefined) throw new RangeError(`There is no kind ${JSON.stringify(kind)}: see \`kinds\`.`);
  return found as DefinitionOf<K>;
};

/**
 * What is wrong with a datum, in the platform's codes and order: what it cannot read, or else what it refuses.
 *
 * Takes anything and never throws. `null` and `undefined` count as fine: the platform skips such elements. Pointers begin at
 * the datum.
 */
export const check = (datum: unknown): Check => everyKind.check(datum);

/**
 * What the platform answers to an upload of these datums: pointers begin with the datum's index, and faults of reading in any
 * datum hide the faults of judging in all of them.
 */
export const checkBatch = (datums: ReadonlyArray<unknown>): Check => everyKind.checkBatch(datums);

/**
 * What the platform stores of a datum that `check` accepts: the datum first, then a datum that it embeds, split off.
 *
 * Glucose becomes mmol/L, times become UTC to the millisecond, tags are sorted, ignored members are gone, ids are made.
 */
export const normalize = (datum: Datum, options: NormalizeOptions): ReadonlyArray<StoredDatum> =>
  everyKind.normalize(datum, options);

/**
 * The datum without what the platform would ignore (unknown members, those that it sets itself) and without links that
 * it gives but does not take (`wizard.bolus`, `alarm.status`, `reservoirChange.status` as an id). Does not check it.
 */
export const writable = (datum: unknown): Writable => everyKind.writable(datum);

/** JSON Pointers of the members that the platform would ignore. It never refuses a datum for them. */
export const droppedKeys = (datum: unknown): ReadonlyArray<string> => everyKind.writable(datum).dropped;

/** The datums that the platform will split off: a wizard's bolus, the status of an alarm or a reservoir change. */
export const embedded = (datum: unknown): ReadonlyArray<Embedded> => everyKind.embedded(datum);
