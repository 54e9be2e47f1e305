import { stat } from "node:fs/promises";
import type { Entry } from "@tideway/core";
import type { SyncReading, SyncSource } from "@tideway/core/effect";
import type { OpenSourceOptions } from "@tideway/sources";
import { openInput } from "../input/input-file.ts";
import { openFiles } from "../input/open-reading.ts";

/** From when to when files hold datums of each type. */
class Spans {
  private readonly byType = new Map<string, { from: number; to: number }>();

  add(entry: Entry) {
    if ("problem" in entry) return;
    const datum = ("datum" in entry ? entry.datum : JSON.parse(entry.text)) as Readonly<Record<string, unknown>> | null;
    const { type, time } = datum ?? {};
    const instant = typeof time === "string" ? Date.parse(time) : Number.NaN;
    if (typeof type !== "string" || Number.isNaN(instant)) return;
    // What is inside a calculation is stored beside it.
    for (const each of type === "wizard" ? ["wizard", "bolus"] : [type]) {
      const { from, to } = this.byType.get(each) ?? { from: instant, to: instant };
      this.byType.set(each, { from: Math.min(from, instant), to: Math.max(to, instant) });
    }
  }

  all(): ReturnType<NonNullable<SyncReading["held"]>> {
    return [...this.byType].map(([type, { from, to }]) => ({ types: [type], from, to }));
  }
}

const signatureOf = async (paths: ReadonlyArray<string>): Promise<string> => {
  const found = await Promise.all(paths.map(async (path) => ({ path, found: await stat(path, { bigint: true }) })));
  return JSON.stringify(
    found.map(({ path, found: { size, mtimeNs, ino } }) => [path, String(size), String(mtimeNs), String(ino)])
  );
};

/**
 * A file, or a folder with the files in it, as a source to keep in step with: read anew when a file has come, gone or changed. A mirror
 * deletes only between the first and the last datum of each type that the files still hold.
 */
export const fileSyncSource = (path: string, options: OpenSourceOptions, isMirror: boolean): SyncSource => {
  /** What was there when it was read last: a pass that failed is made again whatever that says. */
  let before: string | undefined;
  return {
    name: path,
    open: async ({ signal, thorough, now }) => {
      const { paths = [] } = await openInput([path], signal);
      const signature = await signatureOf(paths);
      if (signature === before && !thorough) return undefined;
      before = undefined;
      const { opened } = await openFiles(paths, { ...options, now });
      const spans = new Spans();
      const pages = async function* () {
        for await (const page of opened.pages) {
          if (isMirror) for (const entry of page) spans.add(entry);
          yield page;
        }
        before = signature;
      };
      return { pages: { [Symbol.asyncIterator]: pages }, held: () => spans.all() };
    }
  };
};
