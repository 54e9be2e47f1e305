import type { Refusal } from "./rejection.ts";

type Members = Readonly<Record<string, unknown>>;

interface Reason {
  readonly code: string;
  readonly text: string;
}

/** What the platform's database takes, the datum itself counted. */
const mostLevels = 100;

const tooLarge: Reason = {
  code: "number-too-large",
  text: "holds a number that no double can hold, such as 1e400: the platform would refuse the whole request"
};
const nulInName: Reason = {
  code: "nul-in-name",
  text: "holds a member with a NUL character in its name, which the platform cannot store"
};
const tooDeep: Reason = {
  code: "too-deep",
  text: `is nested deeper than ${mostLevels} levels, which the platform cannot store`
};

const reasonIn = (value: unknown, level: number): Reason | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : tooLarge;
  if (typeof value !== "object" || value === null) return undefined;
  if (level > mostLevels) return tooDeep;
  for (const [name, member] of Object.entries(value)) {
    const reason = name.includes("\0") ? nulInName : reasonIn(member, level + 1);
    if (reason) return reason;
  }
  return undefined;
};

/**
 * Why a datum that passes every check would yet fail the whole request, time after time: with an answer that names no
 * datum, or none but that the server failed. Only free-form members can hold such things; most datums have none.
 */
export const whyUnsendable = (datum: Members): Refusal | undefined => {
  for (const name in datum) {
    const member = datum[name];
    if (typeof member !== "object" || member === null) continue;
    if (name === "origin" && (member as Members)["payload"] === undefined) continue;
    const reason = reasonIn(member, 2);
    if (reason) return { outcome: "rejected", by: "engine", code: reason.code, message: `/${name} ${reason.text}.` };
  }
  return undefined;
};
