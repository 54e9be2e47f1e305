import * as Flag from "effect/cli/Flag";
import * as GlobalFlag from "effect/cli/GlobalFlag";
import * as Effect from "effect/Effect";
import { flag, text } from "./flag.ts";

const json = GlobalFlag.Setting("json")({
  flag: flag("json", "One JSON object a line on stdout; the last one is the result")
});
const quiet = GlobalFlag.Setting("quiet")({
  flag: flag("quiet", "Print nothing where all goes well").pipe(Flag.withAlias("q"))
});
const verbose = GlobalFlag.Setting("verbose")({
  flag: flag("verbose", "Also tell of each request and its trace id, on stderr").pipe(Flag.withAlias("v"))
});
const noInput = GlobalFlag.Setting("no-input")({
  flag: flag("no-input", "Never ask; fail where something is missing")
});
const profile = GlobalFlag.Setting("profile")({
  flag: text(
    "profile",
    "NAME",
    "Which of your profiles to use (default: TIDEWAY_PROFILE, else the one in the configuration)"
  )
});

/** Flags that every command takes, before its name and after it. */
export const globalFlags = [json, quiet, verbose, noInput, profile];

/** Their values on this command line. */
export const globalOptions = Effect.gen(function* () {
  return {
    json: yield* json,
    quiet: yield* quiet,
    verbose: yield* verbose,
    noInput: yield* noInput,
    profile: yield* profile
  };
});
