import { environmentNames } from "@tideway/transport";
import * as Argument from "effect/cli/Argument";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { choice, filled, flag, path, text } from "./flag.ts";

/** Which Tidepool, and who. */
export const serverFlags = {
  api: text("api", "URL", "Address of a Tidepool, such as a sandbox's (default: TIDEWAY_API)"),
  env: choice("env", environmentNames, "One of Tidepool's own environments (default: TIDEWAY_ENV)"),
  allowInsecure: flag(
    "allow-insecure",
    "Take a plain http:// address that is not this machine's, such as a sandbox's in a container"
  ),
  email: text("email", "ADDRESS", "Log in with this address (default: TIDEPOOL_EMAIL)"),
  passwordStdin: flag("password-stdin", "Read the password from the first line of standard input")
};

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
    "Where that changed, oldest first: DATE=ZONE,DATE=ZONE, such as 2026-07-01=America/New_York"
  ),
  repeatedHour: choice(
    "repeated-hour",
    ["earlier", "later"],
    "Which is meant where a clock showed a time twice, when summer time ends (default: such records are told, not sent)"
  ),
  units: choice("units", ["mg/dL", "mmol/L"], "Glucose units, where the files do not say them"),
  dateOrder: choice("date-order", ["dmy", "mdy", "ymd"], "The order of day, month and year, where it cannot be told"),
  mapping: path("mapping", "FILE", "How to read a table of no known format: a mapping, as JSON"),
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
  app: filled("app", "NAME", "The app whose session it is: there is one for each (default: org.tideway.cli)").pipe(
    Flag.withDefault("org.tideway.cli")
  )
};

/** The memory of what was sent. */
export const ledgerFlags = {
  ledger: path("ledger", "FILE", "Where to remember what was sent (default: in XDG_STATE_HOME)"),
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
