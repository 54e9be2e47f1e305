import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** A stream written to a file that only its owner may read, so that it can be read more than once. */
export interface Spooled {
  readonly path: string;
  /** Deletes the file. */
  readonly dispose: () => Promise<void>;
}

/** Writes a stream down under that name, in a temporary folder of its own. */
export const spool = async (bytes: AsyncIterable<Uint8Array>, name: string, signal: AbortSignal): Promise<Spooled> => {
  const folder = await mkdtemp(join(tmpdir(), "tideway-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, name);
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }), { signal });
    return { path, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
