import { checkBatchWith, checkWith } from "./check.ts";
import { datumRuleOf } from "./datum-rule.ts";
import type { Datum, Kind, StoredDatum } from "./datum.ts";
import { directory, findIn } from "./discriminate.ts";
import type { Check } from "./issue.ts";
import { type Definition, fitsQuickly } from "./kind.ts";
import { type NormalizeOptions, normalizeWith } from "./normalize.ts";
import { type Embedded, embeddedWith } from "./split-off.ts";
import { type Writable, writableWith } from "./writable.ts";

/** What is known of some kinds of datum: the functions of this package, for those kinds. */
export interface DatumModel {
  /** As `kindOf`. */
  readonly kindOf: (value: unknown) => Kind | undefined;
  /** As `check`; a datum of another kind is refused as the platform refuses a kind that it does not know. */
  readonly check: (datum: unknown) => Check;
  /**
   * The kind of a datum that passes the check and has no member that `writable` would leave out: quicker than
   * asking for each of the three. `undefined` says nothing: a datum may be as good and only take longer to be found so.
   */
  readonly fits: (datum: unknown) => Kind | undefined;
  /** As `checkBatch`. */
  readonly checkBatch: (datums: ReadonlyArray<unknown>) => Check;
  /** As `normalize`. */
  readonly normalize: (datum: Datum, options: NormalizeOptions) => ReadonlyArray<StoredDatum>;
  /** As `writable`. */
  readonly writable: (datum: unknown) => Writable;
  /** As `embedded`. */
  readonly embedded: (datum: unknown) => ReadonlyArray<Embedded>;
}

/**
 * A model of some kinds only, for a program that must stay small: `modelOf([cbg])`, with `cbg` from
 * `@tideway/schemas/kinds/cbg`. What is not named is not bundled.
 */
export const modelOf = (definitions: ReadonlyArray<Definition>): DatumModel => {
  const among = directory(definitions);
  const rule = datumRuleOf(among);
  return {
    kindOf: (value) => findIn(among, value)?.kind as Kind | undefined,
    check: (datum) => checkWith(rule, datum),
    fits: (datum) => {
      const found = findIn(among, datum);
      return found !== undefined && fitsQuickly(found.rule, datum) ? (found.kind as Kind) : undefined;
    },
    checkBatch: (datums) => checkBatchWith(rule, datums),
    normalize: (datum, options) => normalizeWith(among, datum, options),
    writable: (datum) => writableWith(rule, datum),
    embedded: (datum) => embeddedWith(among, datum)
  };
};
