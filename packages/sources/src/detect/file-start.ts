import { iterable, join } from "../byte-stream.ts";
import { csvStart, type CsvStart } from "../csv/csv-start.ts";
import type { InputFile } from "../input-file.ts";
import type { ReadOptions } from "../read-options.ts";
import { decodeStart } from "../text/decode-text.ts";
import { isZip, readZipStarts } from "../zip/read-zip-starts.ts";
import { firstObject } from "./first-object.ts";

/** How much of a file is looked at. */
export const startBytes = 65_536;

/** The start of a file, as bytes, as text, and as what that text may be: all that a format is recognised by. */
export class FileStart {
  /** At most 64 KiB. */
  readonly bytes: Uint8Array;
  /** Whether that is all of the file. */
  readonly whole: boolean;
  /** The files inside, where this is a zip archive. */
  readonly zip: ReadonlyArray<ZippedStart> | undefined;
  private readonly encoding: string | undefined;
  private decoded: string | undefined;
  private csv: CsvStart | null | undefined;
  private object: Readonly<Record<string, unknown>> | null | undefined;

  constructor(
    bytes: Uint8Array,
    whole: boolean,
    {
      zip,
      encoding
    }: { readonly zip?: ReadonlyArray<ZippedStart> | undefined; readonly encoding?: string | undefined } = {}
  ) {
    this.bytes = bytes;
    this.whole = whole;
    this.zip = zip;
    this.encoding = encoding;
  }

  /** Without a byte order mark. Of a file that is not text, this is nonsense, but text. */
  get text(): string {
    return (this.decoded ??= decodeStart(this.bytes, this.encoding));
  }

  /** The first rows, where the text has rows of several columns. */
  get table(): CsvStart | undefined {
    if (this.csv === undefined) this.csv = this.zip ? null : (csvStart(this.text, this.whole) ?? null);
    return this.csv ?? undefined;
  }

  /** The first object of a JSON array or of JSON lines, or the object that the file is, where all of it is in the start. */
  get firstObject(): Readonly<Record<string, unknown>> | undefined {
    if (this.object === undefined) this.object = this.zip ? null : (firstObject(this.text) ?? null);
    return this.object ?? undefined;
  }
}

/** A file inside an archive. */
export interface ZippedStart {
  /** Its place in the archive, for `zippedFile`. */
  readonly index: number;
  /** Its path inside the archive. */
  readonly name: string;
  readonly encrypted: boolean;
  readonly start: FileStart;
}

const readHead = async (file: InputFile): Promise<{ readonly bytes: Uint8Array; readonly whole: boolean }> => {
  let bytes: Uint8Array = new Uint8Array(0);
  for await (const piece of iterable(file.stream())) {
    bytes = join(bytes, piece.subarray(0, startBytes + 1 - bytes.length));
    if (bytes.length > startBytes) return { bytes: bytes.subarray(0, startBytes), whole: false };
  }
  return { bytes, whole: true };
};

/**
 * Reads the start of a file; of a zip archive, the start of every file in it.
 *
 * @throws {UnreadableInput} a damaged or unsafe archive.
 */
export const readFileStart = async (file: InputFile, { encoding }: ReadOptions): Promise<FileStart> => {
  const { bytes, whole } = await readHead(file);
  if (!isZip(bytes)) return new FileStart(bytes, whole, { encoding });
  const zip = (await readZipStarts(file, startBytes)).map(({ index, name, encrypted, bytes: head, whole: all }) => ({
    index,
    name,
    encrypted,
    start: new FileStart(head, all, { encoding })
  }));
  return new FileStart(bytes, whole, { encoding, zip });
};
