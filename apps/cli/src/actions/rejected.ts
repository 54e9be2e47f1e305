import type { RejectedExportOptions, RejectedShowOptions } from "../commands/rejected.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { openDatumsFile } from "../output/datums-file.ts";
import { counted } from "../output/in-words.ts";
import { writeStdout } from "../output/standard-streams.ts";
import { chooseRejected } from "../rejected/choose-rejected.ts";
import { listRejected, readRejected, type RejectedFile } from "../rejected/rejected-store.ts";

const countOf = async ({ path }: RejectedFile): Promise<number> => {
  let count = 0;
  for await (const _record of readRejected(path)) count++;
  return count;
};

const nameOf = ({ upload: { files, app, server, time } }: RejectedFile): string =>
  `${files.length === 1 ? files[0]! : counted(files.length, "file")}, ${time.slice(0, 16)}Z, to ${app} at ${server}`;

/** Lists the uploads in which something was refused. */
export const rejectedList = async (_options: object, { output }: CommandContext): Promise<Outcome> => {
  const all = await listRejected();
  if (all.length === 0) output.say("Nothing that was refused is kept.");
  const counts = await Promise.all(all.map(countOf));
  return {
    value: all.map((file, index) => `${index + 1}  ${counted(counts[index]!, "datum")} of ${nameOf(file)}`),
    result: { uploads: all.map(({ path, upload }, index) => ({ path, ...upload, rejected: counts[index]! })) }
  };
};

/** Says of each refused datum why it was; its values are in the file only. */
export const rejectedShow = async ({ number }: RejectedShowOptions, { output }: CommandContext): Promise<Outcome> => {
  let shown = 0;
  for (const file of await chooseRejected(number)) {
    output.value(`${nameOf(file)}:`);
    for await (const { datum, ...reason } of readRejected(file.path)) {
      const { at, kind, code, message, pointers } = reason;
      const where = pointers.length > 0 ? ` at ${pointers.join(", ")}` : "";
      output.value(`  ${at}${kind === undefined ? "" : ` (${kind})`}: ${code}${where}. ${message}`);
      output.event({ type: "rejected", ...reason, isKept: datum !== undefined });
      shown++;
      await output.drained();
    }
    output.value(`  To repair them, edit ${file.path}; \`tideway rejected retry\` sends them again.`);
  }
  return { result: { shown } };
};

/** Writes refused datums as NDJSON. */
export const rejectedExport = async (
  { number, out }: RejectedExportOptions,
  { output }: CommandContext
): Promise<Outcome> => {
  const files = await chooseRejected(number);
  const to = out === undefined ? undefined : await openDatumsFile(out);
  let [datums, unreadable] = [0, 0];
  for (const { path } of files) {
    for await (const { datum } of readRejected(path)) {
      if (datum === undefined) unreadable++;
      else {
        datums++;
        if (to !== undefined) to.add(JSON.stringify([datum]));
        else if (!output.json) writeStdout(`${JSON.stringify(datum)}\n`);
        await (to === undefined ? output.drained() : to.drained());
      }
    }
  }
  await to?.close();
  if (unreadable > 0) output.warn(`${counted(unreadable, "record")} could not be read at all: mend them in the input.`);
  return {
    answer: out === undefined ? [] : [`${counted(datums, "datum")} in ${out}.`],
    result: { datums, unreadable, ...(out === undefined ? {} : { file: out }) }
  };
};
