import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { isHealthConnect } from "./is-health-connect.ts";

const detect = ({ bytes, zip }: FileStart): Verdict | undefined => {
  const isInside = zip?.some(({ start, encrypted }) => !encrypted && isHealthConnect(start.bytes)) ?? false;
  if (!isInside && !isHealthConnect(bytes)) return undefined;
  return { certainty: "certain", evidence: ["it is an SQLite database with tables of Health Connect"] };
};

/** The scheduled export of Android's Health Connect: a zip archive with an SQLite database, or that database. Read in Node. */
export const healthConnect: ReadableFormat = {
  id: "health-connect",
  name: "Health Connect export",
  detect,
  load: async () => (await import("./open.ts")).openHealthConnect
};
