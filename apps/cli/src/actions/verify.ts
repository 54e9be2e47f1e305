import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import type { VerifyOptions } from "../commands/verify.ts";
import { openDatums } from "../input/datum-source.ts";
import { keepApart, openInput, refuseSharedStdin } from "../input/input-file.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { counted, number } from "../output/in-words.ts";
import { findLedger } from "../state/open-ledger.ts";

const shown = 20;

/** Compares a session with files. */
export const verify = async (options: VerifyOptions, context: CommandContext): Promise<Outcome> => {
  refuseSharedStdin(options, "data");
  await keepApart(options.files, { "--ledger": options.ledger });
  const input = await openInput(options.files, context.signal);
  const { source, close } = await openDatums(input, await readingOptions(options, context), context.signal);
  const compare = async () => {
    const { transport, userId } = await connect(options, "view", context);
    const ledger = await findLedger(options.ledger, context.output);
    const client = openClient({ transport, userId, app: options.app, ...(ledger ? { ledger } : {}) });
    return client.verify(source, toldBy(context, options.wait));
  };
  const { differences: all, ...counts } = await compare().finally(close);
  // A session may hold what came from other files.
  const differences = options.exact ? all : all.filter(({ found }) => found !== "extra");
  const others = all.length - differences.length;
  for (const { originId, found, pointers } of differences.slice(0, shown)) {
    context.output.say(`  ${found}: ${originId}${pointers.length > 0 ? ` (${pointers.join(", ")})` : ""}`);
  }
  const more = differences.length - shown;
  if (more > 0) context.output.say(`  … and ${number(more)} more; --json gives them all.`);
  if (counts.unfit > 0) {
    context.output.warn(
      `${counted(counts.unfit, "record")} of this file cannot be uploaded and so cannot be in Tidepool; \`tideway upload --dry-run\` says why.`
    );
  }
  if (others > 0) context.output.say(`The session also holds ${counted(others, "datum")} that are not in this file.`);
  const toMend = differences.filter(({ found }) => found !== "extra").length;
  if (toMend > 0) {
    context.output.say(
      `To mend that, run \`tideway upload\` with the same files: it now sends again what is missing, different or doubled.`
    );
  }
  const inside = counts.inside === 0 ? "" : ` (${number(counts.inside)} of them inside others in the file)`;
  const [verb, theyShould] = counts.expected === 1 ? ["is", "it should"] : ["are", "they should"];
  const matched = `${number(counts.matched)} of ${counted(counts.expected, "datum")}${inside} ${verb} in Tidepool as ${theyShould} be`;
  return {
    exitCode: differences.length === 0 && counts.unfit === 0 ? exitCode.success : exitCode.partial,
    answer: [differences.length === 0 ? `${matched}.` : `${matched}; ${counted(differences.length, "difference")}.`],
    result: { ...counts, others, differences }
  };
};
