import * as CliOutput from "effect/cli/CliOutput";
import * as Console from "effect/Console";
import { terminalText } from "./terminal-text.ts";

/**
 * Says what is wrong with a command line on stderr and in a line or two: the stock one prints the whole help on stdout,
 * where a program expects the answer.
 */
export const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag === "Version") return Console.log(`${event.name} ${event.version}`);
    if (event._tag === "Help") return CliOutput.defaultPresenter.present(event);
    const told = event.errors.flatMap(({ message }) => `tideway: ${message}`.split("\n"));
    const lines = [...told, `See: ${event.commandPath.join(" ")} --help`];
    return Console.error(lines.map(terminalText).join("\n"));
  }
};
