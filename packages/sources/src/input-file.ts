import type { ByteStream } from "./byte-stream.ts";

/** A file to read, as browsers' `File` is one by itself. In Node `inputFiles` of `@tideway/sources/node` makes them from a path. */
export interface InputFile {
  /** For people: problems and questions name it. Nothing is decided by it. */
  readonly name: string;
  /** Bytes, where it is known. */
  readonly size?: number;
  /** The bytes from the first one on: called several times, and every call gives a stream of its own. */
  stream(): ByteStream;
}
