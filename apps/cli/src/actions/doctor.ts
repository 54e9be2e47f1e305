import { writeFile } from "node:fs/promises";
import type { DoctorOptions } from "../commands/doctor.ts";
import type { Check } from "../doctor/check.ts";
import { machineChecks } from "../doctor/machine-checks.ts";
import { redact } from "../doctor/redact.ts";
import { serverChecks } from "../doctor/server-checks.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";

const lines = ({ name, state, found, hint }: Check): ReadonlyArray<string> => [
  `${state.padEnd(5)} ${name}: ${found}`,
  ...(hint === undefined ? [] : [`      ${hint}`])
];

/** What may be posted in public: no value of a variable, and nothing that says who somebody is. */
const bundleOf = (checks: ReadonlyArray<Check>): string => {
  const variables = Object.keys(process.env).filter((name) =>
    /^(?:TIDEWAY_|TIDEPOOL_|XDG_|NODE_|NO_COLOR|CI$)/u.test(name)
  );
  const found = checks.map((check) => ({
    ...check,
    // The names of profiles are a person's own.
    found: check.name === "configuration" ? `${check.found.split(",").length} in use` : redact(check.found),
    ...(check.hint === undefined ? {} : { hint: redact(check.hint) })
  }));
  return `${JSON.stringify({ made: "tideway doctor", checks: found, variables: variables.sort() }, undefined, 2)}\n`;
};

/** Looks for what keeps this program from working. */
export const doctor = async (options: DoctorOptions, context: CommandContext): Promise<Outcome> => {
  const checks = [...(await machineChecks()), ...(await serverChecks(options, context))];
  const { bundle } = options;
  if (bundle !== undefined) {
    await writeFile(bundle, bundleOf(checks), { mode: 0o600 }).catch((cause: unknown) => {
      throw new CommandError(exitCode.failure, `${bundle} cannot be written: ${errnoInWords(cause)}.`, { cause });
    });
    context.output.say(`${bundle} holds what can be posted with a bug report. Look through it first.`);
  }
  const failed = checks.some(({ state }) => state === "fail");
  return {
    exitCode: failed ? exitCode.failure : exitCode.success,
    value: checks.flatMap(lines),
    result: { checks, ...(bundle === undefined ? {} : { bundle }) }
  };
};
