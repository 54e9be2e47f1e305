import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { readInThread } from "@tideway/core/node";
import { readTidepool, type OpenSourceOptions } from "@tideway/sources";
import type { Input } from "./input-file.ts";
import { type Noted, openFiles } from "./open-reading.ts";
import type { PagedSource } from "./paced.ts";
import { peek } from "./peek.ts";
import type { FilesToRead } from "./read-file.ts";
import { spool } from "./spool.ts";

/** The datums of an input, ready for core. */
export interface DatumSource {
  /** A function where the input can be read again: an upload may need to, when its session is lost. */
  readonly source: PagedSource;
  /** What was noticed so far in the latest reading. */
  readonly noted: () => Noted;
  /** Lets go of what was written down to read it. */
  readonly close: () => Promise<void>;
}

/** Less is through before another thread has begun. */
const fewestBytes = 2 ** 25;

const isWorthAThread = ({ size = 0 }: Input) => size >= fewestBytes && availableParallelism() > 1;

/** It is a file of its own beside this one, as it is written or bundled. */
const threadModule = new URL(`read-file${extname(import.meta.url)}`, import.meta.url);

const nothingToClose = () => Promise.resolve();

const ofFiles = async (
  paths: ReadonlyArray<string>,
  options: OpenSourceOptions,
  inThread: boolean
): Promise<Pick<DatumSource, "source" | "noted">> => {
  const { opened, noted: notedHere, restart } = await openFiles(paths, options);
  if (!inThread) {
    // The first page, so that what cannot be read at all is refused before anything else is done.
    const first = opened.pages[Symbol.asyncIterator]();
    await first.next();
    await first.return?.();
    const source = () => {
      restart();
      return { pages: opened.pages };
    };
    return { source, noted: notedHere };
  }
  let noted = notedHere;
  const onNotes = (notes: Noted) => {
    noted = () => notes;
  };
  const data: FilesToRead = { paths, options };
  return { source: readInThread(threadModule, { data, onNotes }), noted: () => noted() };
};

/** Datums that are read as they come, and once. */
const ofStream = async (
  stream: AsyncIterable<Uint8Array>,
  { encoding }: OpenSourceOptions
): Promise<Pick<DatumSource, "source" | "noted">> => {
  let taken = 0;
  const counted = async function* () {
    for await (const piece of stream) {
      taken += piece.length;
      yield piece;
    }
  };
  const { pages, notes } = readTidepool(counted(), { encoding });
  const iterator = pages[Symbol.asyncIterator]();
  const first = await iterator.next();
  const all = async function* () {
    for (let step = first; !step.done; step = await iterator.next()) yield step.value;
  };
  const noted = (): Noted => ({
    taken,
    parts: [{ format: "Tidepool JSON", files: ["standard input"], evidence: [] }],
    devices: [],
    assumed: [],
    warnings: [],
    notMapped:
      notes.linksLost > 0 ? { "link to a bolus or a status event that is not in the file": notes.linksLost } : {}
  });
  return { source: { pages: all() }, noted };
};

/**
 * Opens an input of any format, so that one that cannot be read at all is refused before anything else is done. Large files
 * are then read in a thread of their own. A stream of another format than JSON is written down first: it has to be read twice.
 *
 * Rejects with `UnreadableInput`, or with the flags that are missing.
 */
export const openDatums = async (
  input: Input,
  options: OpenSourceOptions,
  signal: AbortSignal
): Promise<DatumSource> => {
  if (input.paths) return { ...(await ofFiles(input.paths, options, isWorthAThread(input))), close: nothingToClose };
  const { bytes, isDatums } = await peek(input.stream(), options.encoding);
  const isGiven = options.format !== undefined || options.mapping !== undefined;
  if (options.format === "tidepool" || (isDatums && !isGiven)) {
    return { ...(await ofStream(bytes, options)), close: nothingToClose };
  }
  const { path, dispose } = await spool(bytes, input.name, signal);
  try {
    return { ...(await ofFiles([path], options, false)), close: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
