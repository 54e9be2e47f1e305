import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { replaceFile } from "../state/replace-file.ts";
import { type Manifest, manifestFault } from "./manifest.ts";

const name = "manifest.json";

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The manifest of an archive; undefined where there is none. Rejects where it is not one that this version reads. */
export const readManifest = async (folder: string): Promise<Manifest | undefined> => {
  let text: string;
  try {
    text = await readFile(join(folder, name), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const value = parse(text);
  const fault = value === undefined ? "it is not JSON" : manifestFault(value);
  if (fault === undefined) return value as Manifest;
  throw new CommandError(
    exitCode.input,
    `${join(folder, name)} is damaged, or of a newer version (${fault}). Get the archive from a copy, or download into an empty folder.`
  );
};

/** Replaces the manifest, whole or not at all. */
export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  replaceFile(join(folder, name), `${JSON.stringify(manifest, undefined, 1)}\n`);
