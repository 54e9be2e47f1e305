import { environmentNames } from "@tideway/transport";
import * as Argument from "effect/cli/Argument";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";

const flag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withoutNegation, Flag.withDefault(false));

const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(description),
    Flag.optional,
    Flag.map(Option.getOrUndefined)
  );

const whole = (name: string, description: string) =>
  Flag.Int(name).pipe(
    Flag.withMetavar("N"),
    Flag.withDescription(description),
    Flag.optional,
    Flag.map(Option.getOrUndefined)
  );

export { flag, text, whole };

/** What every command takes. */
export const commonFlags = {
  json: flag("json", "One JSON object a line on stdout; the last one is the result"),
  quiet: flag("quiet", "Say nothing on stderr but errors").pipe(Flag.withAlias("q")),
  noInput: flag("no-input", "Never ask; fail where something is missing")
};

/** Which Tidepool, and who. */
export const serverFlags = {
  api: text("api", "URL", "Address of a Tidepool, such as a sandbox's (default: TIDEWAY_API)"),
  env: Flag.Literals("env", environmentNames as ReadonlyArray<(typeof environmentNames)[number]>).pipe(
    Flag.withDescription("One of Tidepool's own environments (default: TIDEWAY_ENV)"),
    Flag.optional,
    Flag.map(Option.getOrUndefined)
  ),
  allowInsecure: flag(
    "allow-insecure",
    "Take a plain http:// address that is not this machine's, such as a sandbox's in a container"
  ),
  email: text("email", "ADDRESS", "Log in with this address (default: TIDEPOOL_EMAIL)"),
  passwordStdin: flag("password-stdin", "Read the password from the first line of standard input")
};

const choice = <const C extends ReadonlyArray<string>>(name: string, choices: C, description: string) =>
  Flag.Literals(name, choices).pipe(Flag.withDescription(description), Flag.optional, Flag.map(Option.getOrUndefined));

/** The files of a command. */
export const filesArgument = (description: string) =>
  Argument.String("FILE").pipe(Argument.withDescription(description), Argument.atLeast(1));

/** How the input is to be read. */
export const readingFlags = {
  timezone: text(
    "timezone",
    "ZONE",
    "The zone that the device's clock was set to, where the files do not say it: Europe/Berlin"
  ),
  travel: text(
    "travel",
    "LIST",
    "Where that changed, oldest first: 2026-07-01=America/New_York,2026-07-15=Europe/Berlin"
  ),
  repeatedHour: choice(
    "repeated-hour",
    ["earlier", "later"],
    "Which is meant where a clock showed a time twice, when summer time ends (default: such records are told, not sent)"
  ),
  units: choice("units", ["mg/dL", "mmol/L"], "Glucose units, where the files do not say them"),
  dateOrder: choice("date-order", ["dmy", "mdy", "ymd"], "The order of day, month and year, where it cannot be told"),
  mapping: text("mapping", "FILE", "How to read a table of no known format: a mapping, as JSON"),
  format: text("format", "ID", "What the files are, where that cannot be told"),
  encoding: text(
    "encoding",
    "NAME",
    "What the files are encoded in, such as windows-1252, where there is no byte order mark (default: UTF-8)"
  )
};

/** Whose session. */
export const sessionFlags = {
  user: text("user", "ID", "The user whose data it is (default: the one who is logged in)"),
  app: Flag.String("app").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("The app whose session it is: there is one for each"),
    Flag.withDefault("org.tideway.cli")
  )
};

/** The memory of what was sent. */
export const ledgerFlags = {
  ledger: text("ledger", "FILE", "Where to remember what was sent (default: in XDG_STATE_HOME)"),
  wait: Flag.Int("wait").pipe(
    Flag.withMetavar("SECONDS"),
    Flag.withDescription("Longest to wait for another run into this session (default: 30)"),
    Flag.filter(
      (seconds) => seconds >= 0,
      (seconds) => `${seconds} is less than 0`
    ),
    Flag.optional,
    Flag.map(Option.getOrUndefined)
  )
};

interface FlagValues {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noInput: boolean;
  readonly files?: ReadonlyArray<string>;
}

/** The values of the common flags, as a command's options. Whoever gives the data by standard input cannot answer there. */
export const commonOptions = ({ json, quiet, noInput, files = [] }: FlagValues) => ({
  json,
  quiet,
  input: !noInput && !files.includes("-")
});
