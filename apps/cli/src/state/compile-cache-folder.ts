import { join } from "node:path";
import { cacheFolder } from "./folders.ts";

/** Where Node keeps what it has compiled of this program; undefined where there is no home, and then it keeps nothing. */
export const compileCacheFolder = (): string | undefined => {
  try {
    return join(cacheFolder(), "compiled");
  } catch {
    return undefined;
  }
};
