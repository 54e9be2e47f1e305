import { Unzip, UnzipInflate, UnzipPassThrough, type UnzipFile } from "fflate";
import { iterable } from "../byte-stream.ts";
import type { InputFile } from "../input-file.ts";
import { UnreadableInput } from "../unreadable-input.ts";
import { EncryptedNames } from "./encrypted-names.ts";
import { WantedEntry, wantedOnly } from "./wanted-only.ts";

/** Small pieces bound what one of them can grow to: 1,032 times as much. */
const pieceBytes = 16_384;
/** A ratio that text does not reach: Apple Health's XML shrinks to a thirtieth. */
const highestRatio = 250;
/** Below this, a high ratio does no harm. */
const harmless = 16_777_216;
/** Of a file that was unpacked so far, it is known whether it grows beyond all bounds. */
export const judgedBytes = 2 * harmless;
/** No export has more files: an Apple Health export with routes has some thousands. */
const mostEntries = 65_535;

/** A file inside an archive, as it comes by. */
export interface ZipEntry {
  /** Counted from 0, folders included: a name may occur twice. */
  readonly index: number;
  readonly name: string;
  readonly encrypted: boolean;
}

/**
 * Asked for each file of the archive in turn: takes its bytes, piece by piece, or `undefined` to pass it over. Once it answers
 * `enough`, the rest of the file is passed over too.
 */
export type TakeEntry = (
  entry: ZipEntry
) => ((bytes: Uint8Array, last: boolean) => "enough" | undefined | void) | undefined;

/** A name that points out of a folder which somebody may unpack to. */
const escapes = (name: string): boolean =>
  name.includes("\0") || /^(?:[/\\]|[A-Za-z]:)/u.test(name) || name.split(/[/\\]/u).includes("..");

const decoders = [UnzipPassThrough, UnzipInflate];
const isKnown = ({ compression }: UnzipFile): boolean =>
  decoders.some((decoder) => decoder.compression === compression);

const damaged = (file: InputFile, cause?: unknown): UnreadableInput =>
  new UnreadableInput(
    "damaged",
    `The zip archive ${file.name} is damaged or cut short: download or export it again.`,
    cause === undefined ? undefined : { cause }
  );

const unsafe = (file: InputFile, why: string): UnreadableInput =>
  new UnreadableInput(
    "unsafe",
    `The zip archive ${file.name} is not read: ${why}. No export of health data is like that.`
  );

/**
 * Goes through a zip archive from its first byte on, and unpacks the files that are asked for. Yields after each piece of
 * the archive, so that the caller can pass on what came out of it, and stop.
 *
 * Memory is bounded: by 16 MiB, once for the piece at hand. Nothing is ever written anywhere by an entry's name.
 *
 * @throws {UnreadableInput} `damaged`; `unsafe` for more than 65,535 files, for names that lead out of the archive, and for content
 * that unpacks to more than 250 times its size.
 */
export const zipEntries = async function* (file: InputFile, take: TakeEntry): AsyncGenerator<void> {
  const encrypted = new EncryptedNames();
  let failure: UnreadableInput | undefined;
  let count = 0;
  let packed = 0;
  let unpacked = 0;
  let isEmptyArchive = false;

  const onEntry = (entry: UnzipFile): void => {
    if (escapes(entry.name)) failure ??= unsafe(file, "a name inside leads out of it");
    if (count >= mostEntries) failure ??= unsafe(file, `it holds more than ${mostEntries} files`);
    const index = count++;
    if (failure || entry.name.endsWith("/")) return;
    const isEncrypted = encrypted.has(entry.name);
    const sink = take({ index, name: entry.name, encrypted: isEncrypted });
    const state = new WantedEntry(sink !== undefined && !isEncrypted);
    current = state;
    // What is not started is kept in memory, packed, until the archive ends. Nothing else is known how to pass over.
    if (!state.isWanted && !isKnown(entry)) return;
    entry.ondata = (error, data, last) => {
      // fflate keeps on calling after an error.
      if (failure || !sink || !state.isWanted) return;
      if (error) {
        failure = damaged(file, error);
        return;
      }
      unpacked += data.length;
      if (unpacked > harmless && unpacked > packed * highestRatio) {
        failure = unsafe(file, `its content unpacks to more than ${highestRatio} times its size`);
        return;
      }
      if (sink(data, last) === "enough") state.isWanted = false;
    };
    entry.start();
  };

  const unzip = new Unzip(onEntry);
  let current = new WantedEntry(false);
  for (const decoder of decoders) unzip.register(wantedOnly(decoder, () => current));
  const push = (piece: Uint8Array, last: boolean): void => {
    try {
      unzip.push(piece, last);
    } catch (error) {
      failure ??= damaged(file, error);
    }
    if (failure) throw failure;
  };

  for await (const received of iterable(file.stream())) {
    for (let from = 0; from < received.length; from += pieceBytes) {
      // fflate keeps parts of it, and a stream may use its memory again.
      const piece = received.slice(from, from + pieceBytes);
      // "PK\5\6" is what only the end of an archive begins with.
      if (packed === 0) isEmptyArchive = piece[2] === 5 && piece[3] === 6;
      packed += piece.length;
      encrypted.look(piece);
      push(piece, false);
      yield;
    }
  }
  push(new Uint8Array(0), true);
  // fflate waits for the rest of the first header, which never comes, and says nothing. An archive of nothing has another beginning.
  if (count === 0 && packed > 0 && !isEmptyArchive) throw damaged(file);
  yield;
};
