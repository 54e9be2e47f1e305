import type * as z from "zod/mini";
import { annotate } from "./annotate.ts";
import type { Key } from "./fault.ts";
import type { Walk } from "./walk.ts";

export type { Fault, Key } from "./fault.ts";

/** A JSON object before anything is known about its members. */
export type Members = { readonly [key: string]: unknown };
/**
 * How the platform treats a member: read it (`parse`), judge it (`validate`), keep it (`store`).
 *
 * The platform reports what it cannot read before anything that it read and refused, so the two are apart. `null` and
 * absent members never come here: they are the enclosing object's affair.
 */
export interface Rule {
  /** Whether the value passes both phases. May say no where the slow way finds nothing: then the slow way is right. */
  accepts(value: unknown, parent: Members, walk: Walk): boolean;
  parse(value: unknown, key: Key, walk: Walk): void;
  /** Only after a whole datum was read without a fault: `value` has its type. */
  validate(value: unknown, key: Key, parent: Members, walk: Walk): void;
  /** The value as the platform stores it. Only for what `validate` accepted. */
  store(value: unknown, parent: Members, walk: Walk): unknown;
  /** The value without what the platform ignores; the same value where there is nothing to leave out. */
  prune(value: unknown, key: Key, pruning: Pruning): unknown;
}

/** Collects what is left out of a datum on its way to the platform. */
export interface Pruning {
  readonly walk: Walk;
  /** Called with the key below the walk's place. */
  drop(key: Key): void;
}

/**
 * `judged and forbidden`: its own faults are told before that it must not be there. `not judged`: whatever it says is fine,
 * as long as it can be read.
 */
export type Presence = "required" | "optional" | "forbidden" | "judged and forbidden" | "not judged";

/** zod, as the schemas take it: handed in, so that a program which only checks does not carry it. */
export type Zod = typeof z;

/** The type of what a part accepts. */
export type ValueOf<P extends Part> = z.infer<ReturnType<P["zod"]>>;

/** One member's schema and rule, made together so that they cannot drift apart. */
export interface Part<Z extends z.ZodMiniType = z.ZodMiniType> {
  /** Makes the schema. */
  readonly zod: (z: Zod) => Z;
  readonly rule: Rule;
  /** Default: `optional`. A function where the member's neighbours decide. */
  readonly presence?: "required" | ((parent: Members) => Presence);
  /** When the neighbours want it, in words that go after "it is". */
  readonly condition?: string;
}

export type RequiredPart<Z extends z.ZodMiniType> = Part<Z> & { readonly presence: "required" };

/** The member must be there. */
export const required = <Z extends z.ZodMiniType>(part: Part<Z>): RequiredPart<Z> => ({
  ...part,
  presence: "required"
});

/** Adds a sentence to what the schema says of the member. */
export const alsoDescribed = <Z extends z.ZodMiniType>(sentence: string, part: Part<Z>): Part<Z> => {
  const zod = (z: Zod): Z => {
    const schema = part.zod(z);
    const { description } = z.globalRegistry.get(schema) ?? {};
    return schema.check(
      annotate(z, { description: description === undefined ? sentence : `${description} ${sentence}` })
    );
  };
  return { ...part, zod };
};

/** The member's neighbours decide whether it must, may or must not be there; `condition` says so in words. */
export const when = <Z extends z.ZodMiniType>(
  condition: string,
  presence: (parent: Members) => Presence,
  part: Part<Z>
): Part<Z> => ({ ...alsoDescribed(`It is ${condition}.`, part), presence, condition });

/** Required where the condition holds, forbidden otherwise: the platform knows no middle for these members. */
export const exactlyWhen = <Z extends z.ZodMiniType>(
  condition: string,
  holds: (parent: Members) => boolean,
  part: Part<Z>
): Part<Z> => {
  const presence = (parent: Members): Presence => (holds(parent) ? "required" : "forbidden");
  return when(`needed where ${condition}, and forbidden elsewhere`, presence, part);
};

/** `null` is absent on the platform, everywhere. */
export const absent = (value: unknown): value is null | undefined => value === null || value === undefined;
