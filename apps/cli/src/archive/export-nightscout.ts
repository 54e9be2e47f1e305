import { join } from "node:path";
import { makePrivateFolder } from "@tideway/transport/node";
import { number } from "../output/in-words.ts";
import { allRecords } from "./archived-lines.ts";
import type { Manifest } from "./manifest.ts";
import { nightscoutDocument } from "./nightscout-document.ts";
import { TextFile } from "./text-file.ts";

const names = ["entries", "treatments"] as const;

/**
 * Writes `entries.json` and `treatments.json` into `nightscout` of the archive, as a site's API takes them and gives them. Resolves to what
 * to say of it.
 */
export const exportNightscout = async (
  folder: string,
  manifest: Manifest,
  signal: AbortSignal
): Promise<ReadonlyArray<string>> => {
  const target = join(folder, "nightscout");
  await makePrivateFolder(target);
  const files = await Promise.all(names.map((name) => TextFile.create(join(target, `${name}.json`))));
  const counts = { entries: 0, treatments: 0 };
  const leftOut = new Map<string, number>();
  try {
    for await (const record of allRecords(folder, manifest)) {
      signal.throwIfAborted();
      const made = nightscoutDocument(record);
      if (made === undefined) {
        const type = String(record["type"]);
        leftOut.set(type, (leftOut.get(type) ?? 0) + 1);
        continue;
      }
      const { collection, document } = made;
      const start = counts[collection]++ === 0 ? "[\n" : ",\n";
      await files[names.indexOf(collection)]!.write(`${start}${JSON.stringify(document)}`);
    }
    for (const [at, name] of names.entries()) await files[at]!.write(counts[name] === 0 ? "[]\n" : "\n]\n");
  } finally {
    for (const file of files) await file[Symbol.asyncDispose]();
  }
  const others = [...leftOut].map(([type, count]) => `${number(count)} ${type}`);
  return [
    ...names.map((name) => `${join(target, `${name}.json`)}: ${number(counts[name])}`),
    ...(others.length > 0 ? [`Nightscout has no place for: ${others.join(", ")}.`] : [])
  ];
};
