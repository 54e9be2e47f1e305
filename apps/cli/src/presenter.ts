import * as CliOutput from "effect/cli/CliOutput";
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";

/**
 * Says what is wrong with a command line on stderr and in a line or two: the stock one prints the whole help on stdout,
 * where a program expects the answer.
 */
export const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag === "Version") return Console.log(`${event.name} ${event.version}`);
    if (event._tag === "Help") return CliOutput.defaultPresenter.present(event);
    const told = event.errors.map((error) => Console.error(`tideway: ${error.message}`));
    return Effect.all([...told, Console.error(`See: ${event.commandPath.join(" ")} --help`)], { discard: true });
  }
};
