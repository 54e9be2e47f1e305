import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** How the ids of readings are made: most sources count, and many have UUIDs or hashes, in no order. */
export type Ids = "counted" | "hashed";

const idOf = {
  counted: (index: number) => `reading-${index}`,
  hashed: (index: number) => createHash("sha1").update(`reading-${index}`).digest("hex").slice(0, 32)
};

const start = Date.UTC(2017, 0, 1);
const apart = 300_000;

const readingAt = (index: number, ids: Ids) => {
  const time = new Date(start + index * apart).toISOString();
  return {
    type: "cbg",
    time,
    deviceTime: time.slice(0, 19),
    timezoneOffset: 0,
    deviceId: "bench",
    units: "mg/dL",
    value: 60 + ((index * 7919) % 200),
    origin: { id: idOf[ids](index), name: "org.tideway.bench", type: "service" }
  } as const;
};

/** The readings with counted ids of a stretch of time, both ends in milliseconds since 1970, the second exclusive. */
export const readingsBetween = function* (from: number, to: number) {
  const first = Math.max(0, Math.ceil((from - start) / apart));
  for (let index = first; start + index * apart < to; index++) yield readingAt(index, "counted");
};

const lines = function* (count: number, ids: Ids) {
  for (let index = 0; index < count; index++) yield `${JSON.stringify(readingAt(index, ids))}\n`;
};

/** Writes that many different readings as NDJSON, about 230 bytes each. */
export const writeReadings = (path: string, count: number, ids: Ids = "counted"): Promise<void> =>
  pipeline(Readable.from(lines(count, ids)), createWriteStream(path));
