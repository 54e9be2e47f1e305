import { stat } from "node:fs/promises";
import { createClient } from "@tideway/core";
import type { OpenSourceOptions } from "@tideway/sources";
import { copyingTransport } from "../account/copying-transport.ts";
import { dryRunTransport } from "../account/dry-run.ts";
import { version } from "../version.ts";
import { openDatums } from "./datum-source.ts";
import { openInput } from "./input-file.ts";
import { listOfIds } from "./list-of-ids.ts";
import { spool } from "./spool.ts";

interface Identified {
  readonly origin?: { readonly id?: string };
  readonly [member: string]: unknown;
}

/** The origin ids of a datum, and of those inside it. */
const idsIn = function* (datum: Identified): Generator<string> {
  if (datum.origin?.id !== undefined) yield datum.origin.id;
  for (const member of Object.values(datum)) {
    if (typeof member === "object" && member !== null && "type" in member) yield* idsIn(member as Identified);
  }
};

/** The ids under which an upload of these files would send their datums: it is made, as far as a server that keeps nothing. */
const idsOfData = async (
  path: string,
  app: string,
  options: OpenSourceOptions,
  signal: AbortSignal
): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  const transport = copyingTransport(dryRunTransport(app), (datums) => {
    for (const datum of JSON.parse(datums) as ReadonlyArray<Identified>) for (const id of idsIn(datum)) ids.add(id);
  });
  const { source, close } = await openDatums(await openInput([path], signal), options, signal);
  const client = createClient({ transport, userId: "nobody", app: { name: app, version } });
  await client.upload(source, { signal, keepRejections: 0 }).finally(close);
  return ids;
};

/**
 * The origin ids that paths choose: those that a file lists, one a line or as a JSON array of texts, and those of the datums in
 * any other file, or in a folder, read as `upload` reads it. `-` is standard input.
 *
 * Rejects with `UnreadableInput`, or with the flags that are missing.
 */
export const chosenIds = async (
  paths: ReadonlyArray<string>,
  app: string,
  options: OpenSourceOptions,
  signal: AbortSignal
): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  const isGiven = options.format !== undefined || options.mapping !== undefined;
  const take = async (path: string) => {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false
    );
    const listed = isFolder || isGiven ? undefined : await listOfIds(path, signal);
    for (const id of listed ?? (await idsOfData(path, app, options, signal))) ids.add(id);
  };
  for (const path of paths) {
    const input = await openInput([path], signal);
    if (input.paths !== undefined) await take(path);
    else {
      const { path: written, dispose } = await spool(input.stream(), input.name, signal);
      await take(written).finally(dispose);
    }
  }
  return ids;
};
