import type { Fault, FaultEffect } from "./fault.ts";
import { FaultUnreadable } from "./parse-faults.ts";

type Needed = "number" | "gap" | "optional number" | "optional when" | "optional text";

const members: Readonly<Record<FaultEffect["kind"], Readonly<Record<string, Needed>>>> = {
  status: { status: "number", retryAfter: "optional text", body: "optional text", when: "optional when" },
  delay: { milliseconds: "number", when: "optional when" },
  hang: { when: "optional when" },
  reset: { when: "optional when" },
  half: {},
  drip: { milliseconds: "number", bytes: "optional number" },
  expire: {},
  skew: { milliseconds: "number" },
  hold: { between: "gap", milliseconds: "optional number" },
  fail: { between: "gap" }
};

const fits = (value: unknown, needed: Needed): boolean => {
  if (value === undefined) return needed.startsWith("optional");
  if (needed === "gap") return value === "mark-insert" || value === "insert-destroy";
  if (needed === "optional when") return value === "before" || value === "after";
  if (needed === "optional text") return typeof value === "string" || typeof value === "number";
  return typeof value === "number" && Number.isFinite(value);
};

const checkOne = (value: unknown): Fault => {
  const text = JSON.stringify(value);
  const { effect, on, ...numbers } = (value ?? {}) as { readonly effect?: unknown; readonly on?: unknown };
  const { kind, ...rest } = (effect ?? {}) as { readonly kind?: string };
  const expected = members[kind as FaultEffect["kind"]];
  if (expected === undefined) throw new FaultUnreadable(text, "its effect has no kind that is known");
  for (const name of new Set([...Object.keys(rest), ...Object.keys(expected)])) {
    const needed = expected[name];
    const member = (rest as Readonly<Record<string, unknown>>)[name];
    if (needed === undefined || !fits(member, needed)) throw new FaultUnreadable(text, `effect.${name} does not fit`);
  }
  if (on !== undefined && typeof on !== "string") throw new FaultUnreadable(text, "on is no text");
  for (const [name, member] of Object.entries(numbers)) {
    const ok = ["times", "probability", "skip"].includes(name) && typeof member === "number" && member >= 0;
    if (!ok) throw new FaultUnreadable(text, `${name} does not fit`);
  }
  return value as Fault;
};

/** Faults that came as JSON, if they are such; throws FaultUnreadable. */
export const checkFaults = (value: unknown): ReadonlyArray<Fault> => {
  if (!Array.isArray(value)) throw new FaultUnreadable(JSON.stringify(value), "a list of rules is needed");
  return value.map(checkOne);
};
