import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SyncMemory, SyncProgress } from "@tideway/core/effect";
import { stateFolder } from "../state/folders.ts";
import { replaceFile } from "../state/replace-file.ts";

type Kept = { readonly [name: string]: SyncProgress };

const isProgress = (value: unknown): value is SyncProgress => {
  const { sessionId, readTo, deepAt } = (value ?? {}) as Partial<SyncProgress>;
  return typeof sessionId === "string" && Number.isFinite(readTo) && Number.isFinite(deepAt);
};

/** What is damaged or missing costs time only: then all of a source is read again. */
const read = async (path: string): Promise<Kept> => {
  try {
    const kept = JSON.parse(await readFile(path, "utf8")) as object;
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => isProgress(value)));
  } catch {
    return {};
  }
};

/** How far sources were read into one session, in `sync.json` of the state folder. `scope` names server, user and app. */
export const syncMemoryFile = (scope: string, path: string = join(stateFolder(), "sync.json")): SyncMemory => {
  const nameOf = (source: string) => `${scope} ${source}`;
  let turn: Promise<unknown> = Promise.resolve();
  const update = async (source: string, progress: SyncProgress | undefined) => {
    const { [nameOf(source)]: _before, ...others } = await read(path);
    const kept: Kept = progress === undefined ? others : { ...others, [nameOf(source)]: progress };
    await replaceFile(path, `${JSON.stringify(kept, undefined, 2)}\n`);
  };
  return {
    get: async (source) => (await read(path))[nameOf(source)],
    // One after another: sources end their passes together.
    set: (source, progress) => {
      const done = turn.then(() => update(source, progress));
      turn = done.catch(() => undefined);
      return done;
    }
  };
};
