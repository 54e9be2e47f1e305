import { type Issue, type Kind, check, embedded, kindOf, writable } from "@tideway/schemas";

type Members = Readonly<Record<string, unknown>>;

/** What the schemas say of a datum. */
export type Verdict =
  | {
      readonly ok: true;
      readonly kind: Kind;
      /** The datum as it may be written. */
      readonly datum: Members;
      /** Whether that differs from what was given. */
      readonly changed: boolean;
      /** Datums inside it. */
      readonly embedded: ReadonlyArray<{ readonly pointer: string; readonly datum: Members }>;
    }
  | { readonly ok: false; readonly kind: Kind | undefined; readonly issues: ReadonlyArray<Issue> };

/** Asks the schemas about a datum: may it be written, what is it, what is inside it. */
export const judge = (given: Members): Verdict => {
  const kind = kindOf(given);
  const { datum, dropped } = writable(given);
  const verdict = check(datum);
  if (!verdict.ok) return { ok: false, kind, issues: verdict.issues };
  if (kind === undefined) {
    const message = "names no kind of datum that the platform takes";
    return { ok: false, kind, issues: [{ pointer: "/type", code: "value-not-allowed", message }] };
  }
  const members = datum as Members;
  const inside = embedded(members as Parameters<typeof embedded>[0]) as ReadonlyArray<{
    pointer: string;
    datum: Members;
  }>;
  return { ok: true, kind, datum: members, changed: dropped.length > 0, embedded: inside };
};
