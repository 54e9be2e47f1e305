import type * as z from "zod/mini";
import type { Fault, Part, Zod } from "../rule/rule.ts";
import { scalar } from "../rule/scalar.ts";
import { emptyText, storedText, unreadableText } from "../rule/text.ts";

const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

/** Two or more labels with dots between: `org.tidepool.deduplicator.none`. */
export const isReverseDomain = (name: string): boolean => {
  const labels = name.split(".");
  return labels.length >= 2 && labels.every((part) => part.length <= 63 && label.test(part));
};

const maxLength = 253;
const tooLong: Fault = { code: "length-out-of-range", text: `must have at most ${maxLength} characters` };
const notName: Fault = {
  code: "value-not-valid",
  text: "must be a reverse domain name such as org.tidepool.deduplicator.dataset.delete.origin"
};

/** The name of what keeps a session free of duplicates. */
export const deduplicatorName = (): Part<z.ZodMiniString<string>> => {
  const refused = (name: string): Fault | undefined => {
    if (name === "") return emptyText;
    if (!isReverseDomain(name)) return notName;
    return name.length > maxLength ? tooLong : undefined;
  };
  const zod = (z: Zod) => z.string().check(z.refine((name) => refused(name) === undefined));
  return scalar(zod, { unreadable: unreadableText, refused });
};

/** Any text, the empty one too. */
export const anyText = (): Part<z.ZodMiniString<string>> =>
  scalar((z) => z.string(), { unreadable: unreadableText, store: storedText });

const tags = ["activity-monitor", "bgm", "cgm", "insulin-pump"] as const;
const notTag: Fault = { code: "value-not-allowed", text: `must be one of: ${tags.join(", ")}` };

/** What a device is. */
export const deviceTag = (z: Zod) => z.enum(tags);
export const deviceTagFault = (text: string): Fault | undefined =>
  tags.some((tag) => tag === text) ? undefined : notTag;
