import type { Candidate } from "./detect/choose-format.ts";
import type { FileStart } from "./detect/file-start.ts";
import type { Format } from "./format.ts";
import { UnreadableInput } from "./unreadable-input.ts";

/** Control characters other than white space. */
const isBinary = ({ bytes }: FileStart): boolean =>
  bytes.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 32));

/** What a file of no known format looks like, without anything of what is in it. */
const appearanceOf = (start: FileStart): string => {
  if (start.zip) return `a zip archive with ${start.zip.length} files, none of which tells what it is`;
  if (start.firstObject) return "JSON, whose first object is of no known kind";
  if (isBinary(start)) return "a binary file of an unknown kind";
  const { table } = start;
  if (!table) return "text that is neither JSON nor a table";
  const width = Math.max(...table.rows.map(({ length }) => length));
  const mark = table.delimiter === "\t" ? "tabs" : `"${table.delimiter}"`;
  return `a table of ${width} columns, separated by ${mark}, with unknown headings`;
};

const claim = ({ format, verdict }: Candidate): string => `${format.name} (${verdict.evidence.join("; ")})`;

/** Why a file is not read, as its error: what it seems to be, what speaks for it, and what to do. */
export const refusalOf = (
  name: string,
  start: FileStart,
  candidates: ReadonlyArray<Candidate>,
  formats: ReadonlyArray<Format>
): UnreadableInput => {
  if (start.bytes.length === 0 || (start.whole && start.text.trim() === "")) {
    return new UnreadableInput("empty", `${name} is empty: there is nothing in it to read.`);
  }
  if (start.zip?.length === 0) {
    return new UnreadableInput(
      "empty",
      `The zip archive ${name} holds no file: export again, and wait until that is done.`
    );
  }
  const unreadable = candidates.find(({ format }) => !("load" in format));
  if (unreadable && "instead" in unreadable.format) {
    const { format } = unreadable;
    return new UnreadableInput("unreadable-format", `${name} is ${claim(unreadable)}. ${format.instead}`);
  }
  if (candidates.length > 0) {
    const ids = candidates.map(({ format }) => format.id).join(" or ");
    return new UnreadableInput(
      "ambiguous-format",
      `${name} may be ${candidates.map(claim).join(", or ")}: say which, with the format ${ids}.`
    );
  }
  const known = formats.flatMap((format) => ("load" in format ? [format.name] : [])).join(", ");
  const mapping =
    start.table && !start.firstObject && !isBinary(start)
      ? " Any other table is read by a mapping: the option mapping."
      : "";
  const message = `${name} is ${appearanceOf(start)}. Formats that are read: ${known}.${mapping}`;
  return new UnreadableInput("unknown-format", message);
};
