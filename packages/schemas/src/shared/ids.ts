import type * as z from "zod/mini";
import type { Part } from "../rule/rule.ts";
import { pattern } from "../rule/text.ts";

const dataIdPattern = /^[0-9a-z]{32}$/;

/** What the platform names a datum with: 32 of 0-9 and a-z. */
export const dataId = (): Part<z.ZodMiniString<string>> =>
  pattern({
    matches: (value) => dataIdPattern.test(value),
    text: "must be 32 characters of 0-9 and a-z (the platform makes one if there is none)",
    regex: dataIdPattern
  });
