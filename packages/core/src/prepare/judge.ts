import type { DatumModel, Issue, Kind } from "@tideway/schemas";

type Members = Readonly<Record<string, unknown>>;

/** A datum inside another. */
export interface Inside {
  readonly pointer: string;
  readonly datum: Members;
}

/** What the schemas say of a datum. */
export type Verdict =
  | {
      readonly ok: true;
      readonly kind: Kind;
      /** The datum as it may be written. */
      readonly datum: Members;
      /** Whether that differs from what was given. */
      readonly changed: boolean;
      readonly embedded: ReadonlyArray<Inside>;
    }
  | { readonly ok: false; readonly kind: Kind | undefined; readonly issues: ReadonlyArray<Issue> };

const insideOf = (model: DatumModel, datum: Members) => model.embedded(datum) as unknown as ReadonlyArray<Inside>;

/** Asks the model about a datum: may it be written, what is it, what is inside it. */
export const judge = (model: DatumModel, given: Members): Verdict => {
  // Nearly always there is nothing to leave out, and finding that out costs less than looking for it.
  const fitting = model.fits(given);
  if (fitting !== undefined) {
    return { ok: true, kind: fitting, datum: given, changed: false, embedded: insideOf(model, given) };
  }
  const kind = model.kindOf(given);
  if (kind === undefined) {
    const verdict = model.check(given);
    const message = "names no kind of datum that the platform takes";
    const unknown: Issue = { pointer: "/type", code: "value-not-allowed", message };
    return { ok: false, kind, issues: verdict.ok ? [unknown] : verdict.issues };
  }
  const { datum, dropped } = model.writable(given);
  const verdict = model.check(datum);
  if (!verdict.ok) return { ok: false, kind, issues: verdict.issues };
  const members = datum as Members;
  return { ok: true, kind, datum: members, changed: dropped.length > 0, embedded: insideOf(model, members) };
};
