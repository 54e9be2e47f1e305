import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { isHealthExport } from "./is-health-export.ts";

const detect = ({ zip, text }: FileStart): Verdict | undefined => {
  const inside = zip?.find(({ start, encrypted }) => !encrypted && isHealthExport(start.text));
  if (inside) return { certainty: "certain", evidence: ["it holds an XML file that begins like Apple Health's"] };
  if (zip || !isHealthExport(text)) return undefined;
  return { certainty: "certain", evidence: ["it is XML that begins like Apple Health's"] };
};

/** The export of Apple Health: the zip archive that the phone makes, or `export.xml` in it. */
export const appleHealth: ReadableFormat = {
  id: "apple-health",
  name: "Apple Health export",
  detect,
  load: async () => (await import("./open.ts")).openAppleHealth
};
