import type { Fault, FaultEffect, StepBoundary, When } from "./fault.ts";

/** A text that is no fault. */
export class FaultUnreadable extends Error {
  readonly _tag = "FaultUnreadable";
  override readonly name = "FaultUnreadable";
  readonly text: string;
  constructor(text: string, why: string) {
    super(
      `"${text}" is no fault: ${why}. Write for example "503 times=3 retry-after=5 on=POST:/v1/*; reset-after probability=0.1".`
    );
    this.text = text;
  }
}

const known = new Set(["on", "times", "probability", "skip", "retry-after", "bytes"]);
const gap = /^(?:mark-insert|insert-destroy)$/;

const effectOf = (word: string, settings: ReadonlyMap<string, string>, text: string): FaultEffect => {
  const [named = "", argument] = word.split("=");
  const [, name = named, when] = /^(.+?)(?:-(before|after))?$/.exec(named) ?? [];
  const at = when === undefined ? {} : { when: when as When };
  const milliseconds = (): number => {
    const value = Number(argument);
    if (argument === undefined || !Number.isFinite(value))
      throw new FaultUnreadable(text, `${name} needs milliseconds`);
    return value;
  };
  const retryAfter = settings.get("retry-after");
  if (/^[1-5]\d\d$/.test(name)) {
    return { kind: "status", status: Number(name), ...at, ...(retryAfter === undefined ? {} : { retryAfter }) };
  }
  switch (name) {
    case "delay":
      return { kind: "delay", milliseconds: milliseconds(), ...at };
    case "hang":
    case "reset":
      return { kind: name, ...at };
    case "half":
    case "expire":
      return { kind: name };
    case "skew":
      return { kind: "skew", milliseconds: milliseconds() };
    case "drip": {
      const bytes = settings.get("bytes");
      return { kind: "drip", milliseconds: milliseconds(), ...(bytes === undefined ? {} : { bytes: Number(bytes) }) };
    }
    case "hold":
    case "fail":
      if (argument === undefined || !gap.test(argument)) {
        throw new FaultUnreadable(text, `${name} needs mark-insert or insert-destroy`);
      }
      return { kind: name, between: argument as StepBoundary };
    default:
      throw new FaultUnreadable(
        text,
        `"${name}" is neither a status nor delay, hang, reset, half, drip, expire, skew, hold, fail`
      );
  }
};

const parseOne = (text: string): Fault => {
  const [word = "", ...rest] = text.split(/\s+/);
  const settings = new Map<string, string>();
  for (const setting of rest) {
    const at = setting.indexOf("=");
    const name = setting.slice(0, Math.max(at, 0));
    if (!known.has(name)) throw new FaultUnreadable(text, `"${setting}" is no setting`);
    settings.set(name, setting.slice(at + 1));
  }
  const number = (name: "times" | "probability" | "skip") => {
    const value = settings.get(name);
    if (value === undefined) return {};
    if (!(Number(value) >= 0)) throw new FaultUnreadable(text, `${name} needs a number`);
    return { [name]: Number(value) };
  };
  const on = settings.get("on")?.replace(":", " ");
  return {
    effect: effectOf(word, settings, text),
    ...(on === undefined ? {} : { on }),
    ...number("times"),
    ...number("probability"),
    ...number("skip")
  };
};

/**
 * Reads faults from a text: separated by `;`, each an effect and settings. Effects: a status such as `503`, `delay=MS`, `hang`,
 * `reset`, each with `-after` for after the work; `half`, `drip=MS`, `expire`, `skew=MS`, `hold=mark-insert`,
 * `fail=mark-insert`. Settings: `on=METHOD:/path/*`, `times=`, `probability=`, `skip=`, `retry-after=`, `bytes=`. Throws
 * FaultUnreadable.
 */
export const parseFaults = (text: string): ReadonlyArray<Fault> => {
  const parts = text.split(";").map((part) => part.trim());
  return parts.filter((part) => part !== "").map(parseOne);
};
