import type * as CliOutput from "effect/cli/CliOutput";
import * as Console from "effect/Console";
import { helpText } from "./help-text.ts";
import { terminalText } from "./terminal-text.ts";

/** No line of help is longer: the eye loses its way back. */
const widest = 100;

/** The columns that help has: of the terminal, else of COLUMNS, else 80. */
const columnsOf = ({ isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number => {
  const told = isTTY ? columns : Number(process.env["COLUMNS"]);
  return Math.min(widest, told > 0 ? told : 80);
};

/** Its message has lines of its own, and in them what was typed: that is made one line first. */
const messageOf = (error: Error): string =>
  Object.values(error)
    .filter((value): value is string => typeof value === "string" && value !== "")
    .reduce((message, value) => message.replaceAll(value, terminalText(value)), error.message);

/**
 * Says what is wrong with a command line on stderr and in a line or two: the stock one prints the whole help on stdout,
 * where a program expects the answer.
 */
export const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag === "Version") return Console.log(`${event.name} ${event.version}`);
    if (event._tag === "Help") return Console.log(helpText(event.helpDoc, columnsOf(process.stdout)).join("\n"));
    const told = event.errors.flatMap((error) => `tideway: ${messageOf(error)}`.split("\n"));
    const lines = [...told, `See: ${event.commandPath.join(" ")} --help`];
    return Console.error(lines.map(terminalText).join("\n"));
  }
};
