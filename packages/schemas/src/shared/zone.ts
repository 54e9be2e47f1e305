import type * as z from "zod/mini";
import type { Part } from "../rule/rule.ts";
import { pattern } from "../rule/text.ts";
import { isZoneName } from "./zone-names.ts";

/** The name of a time zone, in the exact spelling of the IANA database, links included (`US/Pacific`). */
export const zoneName = (): Part<z.ZodMiniString<string>> =>
  pattern({
    matches: isZoneName,
    text: "must be the name of a time zone such as Europe/Berlin"
  });
