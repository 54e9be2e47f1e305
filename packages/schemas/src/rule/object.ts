import type * as z from "zod/mini";
import { depthWithin } from "./depth.ts";
import { once } from "./once.ts";
import {
  type Fault,
  type Key,
  type Members,
  type Part,
  type Pruning,
  type RequiredPart,
  type Rule,
  absent
} from "./rule.ts";
import type { Walk } from "./walk.ts";

export type Parts = { readonly [key: string]: Part };

/** The zod shape of a set of parts: a member is optional unless its part is required. */
export type ShapeOf<P extends Parts> = {
  [K in keyof P]: P[K] extends RequiredPart<infer Z> ? Z : z.ZodMiniOptional<ReturnType<P[K]["zod"]>>;
};

export interface ObjectOptions {
  /** The glucose units that hold inside. Default: those that hold outside. */
  readonly units?: (members: Members) => unknown;
  /** Rules about several members, after the members' own. Reports through the walk, which is at the object. */
  readonly also?: (members: Members, walk: Walk) => void;
  /** Instead of judging each member: for objects whose rules are not those of their members. */
  readonly judge?: (members: Members, walk: Walk) => void;
  /** Members that the platform reads later than it judges them, each with the one that it reads just before. */
  readonly readAfter?: Readonly<Record<string, string>>;
  /** What is stored, made from what the members' own rules would store. */
  readonly stored?: (stored: Record<string, unknown>, members: Members) => Record<string, unknown>;
}

const notObject: Fault = { code: "type-not-object", text: "must be an object" };
export const missing: Fault = { code: "value-not-exists", text: "must be given" };
export const unwanted: Fault = { code: "value-exists", text: "must not be given here" };

export const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Objects nested deeper than this in unknown members leave the fast way: JSON on the platform ends at 10,000. */
const shallow = 500;

/** How many of the last object's members are kept in mind. */
const remembered = 32;

interface Field {
  readonly key: string;
  readonly rule: Rule;
  readonly presence: Part["presence"];
  readonly must: boolean;
  readonly missing: Fault;
  readonly unwanted: Fault;
  /** The rule's own, close at hand: this is where a check spends its time. */
  readonly accepts: Rule["accepts"];
}

/** An object with these members. Others are ignored, never refused. */
export const object = <P extends Parts>(parts: P, options: ObjectOptions = {}): Part<z.ZodMiniObject<ShapeOf<P>>> => {
  const zod = once((z) => {
    const shape = Object.entries(parts).map(([key, part]) => {
      const schema = part.zod(z);
      return [key, part.presence === "required" ? schema : z.optional(schema)];
    });
    return z.object(Object.fromEntries(shape)) as unknown as z.ZodMiniObject<ShapeOf<P>>;
  });
  return { zod, rule: objectRule(parts, options) };
};

/** The rule of `object` without its schema. */
export const objectRule = (parts: Parts, options: ObjectOptions = {}): Rule => {
  const fields: ReadonlyArray<Field> = Object.entries(parts).map(([key, { rule, presence, condition }]) => {
    const because = condition === undefined ? "" : `: it is ${condition}`;
    return {
      key,
      rule,
      presence,
      must: presence === "required",
      missing: { ...missing, text: missing.text + because },
      unwanted: { ...unwanted, text: unwanted.text + because },
      accepts: rule.accepts
    };
  });
  const table = new Map(fields.map((field) => [field.key, field]));
  const reading = inReadingOrder(fields, options.readAfter ?? {});
  const { units, also, judge, stored } = options;
  const musts = judge === undefined ? fields.filter(({ must }) => must).length : 0;
  const conditional = judge === undefined ? fields.filter(({ presence }) => typeof presence === "function") : [];

  const validateMembers = (members: Members, walk: Walk): void => {
    for (const { key, rule, presence, missing, unwanted } of fields) {
      const value = members[key];
      const wanted = typeof presence === "function" ? presence(members) : presence;
      if (absent(value)) {
        if (wanted === "required") walk.report(key, missing, undefined);
        continue;
      }
      if (wanted !== "forbidden" && wanted !== "not judged") rule.validate(value, key, members, walk);
      if (wanted === "forbidden" || wanted === "judged and forbidden") walk.report(key, unwanted, value);
    }
  };

  const judgeAll = (members: Members, walk: Walk): void => {
    if (judge === undefined) validateMembers(members, walk);
    else judge(members, walk);
    also?.(members, walk);
  };

  const within = <T>(members: Members, walk: Walk, task: () => T): T => {
    const outer = walk.units;
    if (units !== undefined) walk.units = units(members) as string | undefined;
    const result = task();
    walk.units = outer;
    return result;
  };

  // Datums that follow each other mostly have the same members in the same order: looking at the last one's is quicker than
  // looking each up.
  const lastKeys: Array<string> = [];
  const lastFields: Array<Field | undefined> = [];
  const look = (key: string, index: number): Field | undefined => {
    const field = table.get(key);
    if (index < remembered) {
      lastKeys[index] = key;
      lastFields[index] = field;
    }
    return field;
  };

  const membersPass = (members: Members, walk: Walk): boolean => {
    let seen = 0;
    let index = 0;
    for (const key in members) {
      const value = members[key];
      const field = lastKeys[index] === key ? lastFields[index] : look(key, index);
      index++;
      if (absent(value)) continue;
      if (field === undefined) {
        walk.hasStrangers = true;
        if (typeof value === "object" && !depthWithin(value, shallow)) return false;
        continue;
      }
      if (!field.accepts(value, members, walk)) return false;
      if (field.must) seen++;
    }
    if (seen < musts) return false;
    for (const { key, presence } of conditional) {
      const wanted = (presence as (parent: Members) => unknown)(members);
      if (wanted === "optional" || wanted === "not judged") continue;
      if (absent(members[key]) === (wanted === "required")) return false;
    }
    if (judge === undefined && also === undefined) return true;
    walk.failed = false;
    if (judge !== undefined) judge(members, walk);
    also?.(members, walk);
    return !walk.failed;
  };

  return {
    accepts(value, _parent, walk) {
      if (!isObject(value)) return false;
      if (units === undefined) return membersPass(value, walk);
      const outer = walk.units;
      walk.units = units(value) as string | undefined;
      const passes = membersPass(value, walk);
      walk.units = outer;
      return passes;
    },
    parse(value, key, walk) {
      if (!isObject(value)) return walk.report(key, notObject, value);
      walk.enter(key);
      for (const field of reading) {
        const member = value[field.key];
        if (!absent(member)) field.rule.parse(member, field.key, walk);
      }
      walk.leave();
    },
    validate(value, key, _parent, walk) {
      walk.enter(key);
      within(value as Members, walk, () => judgeAll(value as Members, walk));
      walk.leave();
    },
    store(value, _parent, walk) {
      const members = value as Members;
      return within(members, walk, () => {
        const result: Record<string, unknown> = {};
        for (const field of fields) {
          const member = members[field.key];
          if (!absent(member)) put(result, field.key, field.rule.store(member, members, walk));
        }
        return stored === undefined ? result : stored(result, members);
      });
    },
    prune(value, key, pruning) {
      if (!isObject(value)) return value;
      pruning.walk.enter(key);
      const result = pruneMembers(value, table, pruning);
      pruning.walk.leave();
      return result;
    }
  };
};

const inReadingOrder = (
  fields: ReadonlyArray<Field>,
  readAfter: Readonly<Record<string, string>>
): ReadonlyArray<Field> => {
  const later = fields.filter(({ key }) => readAfter[key] !== undefined);
  return fields.flatMap((field) =>
    later.includes(field) ? [] : [field, ...later.filter(({ key }) => readAfter[key] === field.key)]
  );
};

/** Members without those that have no rule, nor those that are `null`. The latter are absent already: not told. */
const pruneMembers = (members: Members, table: ReadonlyMap<string, Field>, pruning: Pruning): Members => {
  const keys = Object.keys(members);
  // Made only when there is something to leave out: mostly there is not.
  let result: Record<string, unknown> | undefined;
  for (const [index, key] of keys.entries()) {
    const value = members[key];
    const rule = table.get(key)?.rule;
    if (rule === undefined && !absent(value)) pruning.drop(key);
    const kept = absent(value) ? undefined : rule?.prune(value, key, pruning);
    if (kept !== value && result === undefined) {
      result = {};
      for (const before of keys.slice(0, index)) put(result, before, members[before]);
    }
    if (result !== undefined) put(result, key, kept);
  }
  return result ?? members;
};

/** Sets a member whatever its name: `__proto__` is a name like any other in JSON. */
export const put = (target: Record<string, unknown>, key: Key, value: unknown): void => {
  if (value === undefined) return;
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
};
