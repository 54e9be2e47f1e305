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

const lines = function* (count: number, ids: Ids) {
  const start = Date.UTC(2017, 0, 1);
  for (let index = 0; index < count; index++) {
    const time = new Date(start + index * 300_000).toISOString();
    const origin = { id: idOf[ids](index), name: "org.tideway.bench", type: "service" };
    const value = 60 + ((index * 7919) % 200);
    const deviceTime = time.slice(0, 19);
    const datum = {
      type: "cbg",
      time,
      deviceTime,
      timezoneOffset: 0,
      deviceId: "bench",
      units: "mg/dL",
      value,
      origin
    };
    yield `${JSON.stringify(datum)}\n`;
  }
};

/** Writes that many different readings as NDJSON, about 230 bytes each. */
export const writeReadings = (path: string, count: number, ids: Ids = "counted"): Promise<void> =>
  pipeline(Readable.from(lines(count, ids)), createWriteStream(path));
