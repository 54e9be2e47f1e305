import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";

/** A flag that is given or not. */
export const flag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withoutNegation, Flag.withDefault(false));

/** A flag with a text: an empty one, such as a script's variable that was never set, is refused. */
export const filled = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(description),
    Flag.filter(
      (value) => value.trim() !== "",
      () => `--${name} is empty: give it a value, or leave it out`
    )
  );

/** The same, which may be left out. */
export const text = (name: string, metavar: string, description: string) =>
  filled(name, metavar, description).pipe(Flag.optional, Flag.map(Option.getOrUndefined));

const pathNames = new Set<string>();

/** A flag with the path of a file or a folder, which may be left out. Shells complete it. */
export const path = (name: string, metavar: "FILE" | "DIR", description: string) => {
  pathNames.add(name);
  return text(name, metavar, description);
};

/** Whether a flag of that name takes a path. */
export const isPathFlag = (name: string): boolean => pathNames.has(name);

/** A flag with a whole number, which may be left out. */
export const whole = (name: string, description: string) =>
  Flag.Int(name).pipe(
    Flag.withMetavar("N"),
    Flag.withDescription(description),
    Flag.optional,
    Flag.map(Option.getOrUndefined)
  );

/** A flag with one of a few words, which may be left out. */
export const choice = <const C extends ReadonlyArray<string>>(name: string, choices: C, description: string) =>
  Flag.Literals(name, choices).pipe(Flag.withDescription(description), Flag.optional, Flag.map(Option.getOrUndefined));
