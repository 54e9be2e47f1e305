import { longestInOrigin } from "@tideway/schemas";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { Input } from "./input-file.ts";

/** No line of an id is longer: a character takes four bytes at most, and there may be a carriage return at the end. */
const longestLine = 4 * longestInOrigin + 1;

const newline = 10;
const carriageReturn = 13;

const linesOf = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const piece of bytes) {
    let left = Buffer.concat([rest, piece]);
    for (let end = left.indexOf(newline); end >= 0; end = left.indexOf(newline)) {
      yield left.subarray(0, end);
      left = left.subarray(end + 1);
    }
    rest = left;
    // Not kept to its end: there may be none.
    if (rest.length > longestLine) break;
  }
  yield rest;
};

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const idOf = (line: Buffer): string | undefined => {
  if (line.length > longestLine) return undefined;
  try {
    const id = decoder.decode(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
    return [...id].length > longestInOrigin ? undefined : id;
  } catch {
    return undefined;
  }
};

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The origin ids in a file, one on each line. An id is all of its line, spaces included: only the line's end, LF or CR LF, is
 * taken off, and a byte order mark at the very start. Empty lines are passed over. Rejects where a line cannot be an id.
 */
export const readIds = async (input: Input): Promise<ReadonlyArray<string>> => {
  const ids = new Set<string>();
  let number = 0;
  for await (const line of linesOf(input.stream())) {
    number++;
    const isMarked = number === 1 && line.subarray(0, 3).equals(byteOrderMark);
    const id = idOf(isMarked ? line.subarray(3) : line);
    // One that no datum can have makes the platform fail (500) for the whole request.
    if (id === undefined) {
      throw new CommandError(
        exitCode.input,
        `Line ${number} of ${input.name} is no origin id: it is longer than ${longestInOrigin} characters, or not UTF-8. Nothing was deleted.`
      );
    }
    if (id !== "") ids.add(id);
  }
  if (ids.size > 0) return [...ids];
  throw new CommandError(exitCode.input, `There is no origin id in ${input.name}: one is expected on each line.`);
};
