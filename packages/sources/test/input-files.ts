import { existsSync, openAsBlob } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { InputFile } from "@tideway/sources";
import { zipSync } from "fflate";

const sampleFolder = new URL("../../../../shared/samples/", import.meta.url);

/** Whether the sample files are here: they are no part of the project. */
export const hasSamples = existsSync(sampleFolder);

/** A file of that content, in the machine's memory. */
export const fileOf = (name: string, content: string | Uint8Array): InputFile => {
  const blob = new Blob([content as Uint8Array<ArrayBuffer>]);
  return { name, size: blob.size, stream: () => blob.stream() };
};

/** A file on the disk, as the README says for Node. */
export const fileAt = async (path: string): Promise<InputFile> => {
  const blob = await openAsBlob(path);
  return { name: basename(path), size: blob.size, stream: () => blob.stream() };
};

/** One of the sample files: `dexcom-clarity/Clarity_Export_synthetic.csv`. */
export const sample = (path: string): Promise<InputFile> => fileAt(samplePath(path));

export const samplePath = (path: string): string => fileURLToPath(new URL(path, sampleFolder));

/** A zip archive of these files. */
export const zipOf = (name: string, files: Readonly<Record<string, string | Uint8Array>>): InputFile =>
  fileOf(
    name,
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => [
          path,
          typeof content === "string" ? new TextEncoder().encode(content) : content
        ])
      )
    )
  );
