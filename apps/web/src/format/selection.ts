import type { Selection } from "../worker/messages.ts";
import { formatCount } from "./number.ts";

/** What the files that were chosen are called together: the name of the one, or how many they are. */
export const nameOf = ({ files }: Pick<Selection, "files">): string =>
  files.length === 1 ? (files[0]?.name ?? "") : formatCount(files.length, "file");

/** The bytes of all of them. */
export const sizeOf = ({ files }: Pick<Selection, "files">): number => files.reduce((sum, { size }) => sum + size, 0);
