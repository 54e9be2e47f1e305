import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { makePrivateFolder } from "@tideway/transport/node";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { stateFolder } from "../state/folders.ts";

/** The upload that records were refused in: the first line of its file. */
export interface RejectedUpload {
  readonly sessionId: string;
  /** Whose session, and where. */
  readonly app: string;
  readonly server: string;
  /** The files that were uploaded, as absolute paths. */
  readonly files: ReadonlyArray<string>;
  /** When, RFC 3339. */
  readonly time: string;
}

/** One record that was refused, and why: a line each. */
export interface RejectedRecord {
  readonly at: string;
  readonly kind: string | undefined;
  readonly originId: string | undefined;
  readonly by: string;
  readonly code: string;
  readonly message: string;
  readonly pointers: ReadonlyArray<string>;
  /** As it was read, for whoever repairs it; undefined where it could not be read at all. */
  readonly datum?: unknown;
}

/** What is kept of one upload. */
export interface RejectedFile {
  readonly path: string;
  readonly upload: RejectedUpload;
}

/** Where what was refused is kept: on this machine only, for its owner only. */
const rejectedFolder = (): string => join(stateFolder(), "rejected");

/** One file an input and a session: uploading the input again replaces it. */
const pathOf = ({ sessionId, files }: Pick<RejectedUpload, "sessionId" | "files">): string => {
  const hash = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 8);
  return join(rejectedFolder(), `${sessionId}-${hash}.ndjson`);
};

/** Keeps the records that an upload refused, in place of those that an earlier one of the same input did. Resolves to where. */
export const keepRejected = async (
  upload: RejectedUpload,
  parts: ReadonlyArray<AsyncIterable<RejectedRecord> | Iterable<RejectedRecord>>
): Promise<string> => {
  const path = pathOf(upload);
  await makePrivateFolder(rejectedFolder());
  const lines = async function* () {
    yield `${JSON.stringify({ upload })}\n`;
    for (const records of parts) for await (const record of records) yield `${JSON.stringify(record)}\n`;
  };
  const written = `${path}.${process.pid}`;
  await pipeline(lines(), createWriteStream(written, { mode: 0o600 }));
  await rename(written, path);
  return path;
};

/** Forgets what an earlier upload of the same input refused: it got in. */
export const forgetRejected = (upload: Pick<RejectedUpload, "sessionId" | "files">): Promise<void> =>
  rm(pathOf(upload), { force: true });

const linesOf = async function* (path: string): AsyncGenerator<unknown> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    try {
      yield JSON.parse(line) as unknown;
    } catch (cause) {
      throw new CommandError(exitCode.input, `Line ${number} of ${path} is no JSON any more: mend it there.`, {
        cause
      });
    }
  }
};

/** The records of one file, in the order of the input. */
export const readRejected = async function* (path: string): AsyncGenerator<RejectedRecord> {
  let isFirst = true;
  for await (const line of linesOf(path)) {
    if (!isFirst) yield line as RejectedRecord;
    isFirst = false;
  }
};

/** All that is kept, the newest first. */
export const listRejected = async (): Promise<ReadonlyArray<RejectedFile>> => {
  const names = await readdir(rejectedFolder()).catch(() => []);
  const found: Array<RejectedFile> = [];
  for (const name of names.filter((each) => each.endsWith(".ndjson"))) {
    const path = join(rejectedFolder(), name);
    const first = await linesOf(path).next();
    if (!first.done) found.push({ path, upload: (first.value as { upload: RejectedUpload }).upload });
  }
  return found.sort((a, b) => (a.upload.time < b.upload.time ? 1 : -1));
};
