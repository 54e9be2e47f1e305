import { readFileStart } from "../../detect/file-start.ts";
import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import { decodeStart } from "../../text/decode-text.ts";
import { readZipStarts } from "../../zip/read-zip-starts.ts";
import { zippedFile } from "../../zip/zipped-file.ts";
import { isHealthExport } from "./is-health-export.ts";

/** What has to be seen of a file inside an archive: the DTD before the root may be long. */
const startBytes = 65_536;

/**
 * The XML files with records: of an archive, those in it that are Apple Health's by their content, because their names are in the
 * phone's language; any other file is one itself.
 */
export const healthFiles = async (
  files: ReadonlyArray<InputFile>,
  options: ReadOptions
): Promise<ReadonlyArray<InputFile>> => {
  const found: Array<InputFile> = [];
  for (const file of files) {
    if ((await readFileStart(file, options)).zip === undefined) found.push(file);
    else {
      for (const entry of await readZipStarts(file, startBytes)) {
        if (!entry.encrypted && isHealthExport(decodeStart(entry.bytes, options.encoding)))
          found.push(zippedFile(file, entry));
      }
    }
  }
  return found;
};
