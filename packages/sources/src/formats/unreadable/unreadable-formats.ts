import type { UnreadableFormat } from "../../format.ts";
import { documents } from "./documents.ts";
import { serviceAnswers } from "./service-answers.ts";
import { spreadsheets } from "./spreadsheets.ts";

/** Kinds of files that people have in hand and that are not read: with the export to make instead. */
export const unreadableFormats: ReadonlyArray<UnreadableFormat> = [...documents, ...spreadsheets, ...serviceAnswers];
