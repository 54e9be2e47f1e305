import { kinds } from "@tideway/schemas";
import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { layoutOf } from "./layout.ts";

const types: ReadonlySet<unknown> = new Set([...kinds.map((kind) => kind.split("/")[0]), "upload"]);

/** Whether datums follow after lines that are none. */
const comesLater = (text: string, whole: boolean): boolean => {
  try {
    return layoutOf(text, whole) !== undefined;
  } catch {
    return false;
  }
};

const detect = ({ text, whole, zip, firstObject }: FileStart): Verdict | undefined => {
  if (zip) return undefined;
  const trimmed = text.trimStart();
  if (!trimmed.startsWith("[") && !trimmed.startsWith("{")) {
    if (!comesLater(text, whole)) return undefined;
    return { certainty: "likely", evidence: ["JSON, after lines that are none"] };
  }
  const type = firstObject?.["type"];
  if (types.has(type) && (firstObject?.["time"] !== undefined || firstObject?.["uploadId"] !== undefined)) {
    return { certainty: "certain", evidence: [`JSON with records of Tidepool's type ${String(type)}`] };
  }
  return { certainty: "likely", evidence: ["JSON, and of no other known kind"] };
};

/** Datums as JSON, written for upload or exported from Tidepool: an array, or one a line. */
export const tidepool: ReadableFormat = {
  id: "tidepool",
  name: "Tidepool JSON",
  detect,
  load: async () => (await import("./open.ts")).openTidepool
};
