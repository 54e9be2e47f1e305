import { readFile } from "node:fs/promises";
import type { OpenSourceOptions, TravelStep } from "@tideway/sources";
import { chooseProfile } from "../account/profile.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";

/** The flags that say how files are to be read. */
export interface ReadingFlags {
  readonly timezone: string | undefined;
  readonly travel: string | undefined;
  readonly units: "mg/dL" | "mmol/L" | undefined;
  readonly dateOrder: "dmy" | "mdy" | "ymd" | undefined;
  readonly repeatedHour: "earlier" | "later" | undefined;
  readonly mapping: string | undefined;
  readonly format: string | undefined;
  readonly encoding: string | undefined;
}

/** `2026-07-01=America/New_York,2026-07-15=Europe/Berlin`. */
const travelOf = (text: string): ReadonlyArray<TravelStep> =>
  text.split(",").map((step) => {
    const [from, timezone, ...rest] = step.split("=").map((part) => part.trim());
    if (!from || !timezone || rest.length > 0) {
      throw usageError(
        "--travel has to be a list of DATE=ZONE, such as 2026-07-01=America/New_York,2026-07-15=Europe/Berlin."
      );
    }
    return { from, timezone };
  });

const given = <T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const mappingOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new CommandError(exitCode.input, `Cannot read ${path}: ${errnoInWords(cause)}. Check the path.`, { cause });
  }
};

/** How `openSource` is to read, as the flags say, and the profile, which may know the zone. What they do not say, the files must. */
export const readingOptions = async (
  flags: ReadingFlags,
  context: Pick<CommandContext, "profile">
): Promise<OpenSourceOptions> => {
  const {
    timezone = chooseProfile(context.profile).timezone,
    travel,
    units,
    dateOrder,
    repeatedHour,
    mapping,
    format,
    encoding
  } = flags;
  return {
    ...given({ timezone, units, dateOrder, repeatedHour, format, encoding }),
    ...(travel === undefined ? {} : { travel: travelOf(travel) }),
    ...(mapping === undefined ? {} : { mapping: await mappingOf(mapping) }),
    now: Date.now()
  };
};
