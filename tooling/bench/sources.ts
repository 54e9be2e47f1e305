import { openSource } from "@tideway/sources";
import type { Bench } from "./bench.ts";

const minute = 60_000;
const heartRates = 99;

const moment = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19).replace("T", " ")} +0000`;

/** What a phone with a watch exports: one reading of glucose in a hundred records. */
const healthExport = (megabytes: number): Uint8Array => {
  const bytes = new Uint8Array(megabytes * 1_000_000);
  const encoder = new TextEncoder();
  const device =
    "&lt;&lt;HKDevice: 0xc269e0d37&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,1, software:10.2&gt;";
  const record = (type: string, unit: string, value: number, instant: number): string =>
    ` <Record type="HKQuantityTypeIdentifier${type}" sourceName="Dexcom G6" sourceVersion="10.2" device="${device}" unit="${unit}" creationDate="${moment(instant)}" startDate="${moment(instant)}" endDate="${moment(instant)}" value="${value}"/>\n`;
  let length = encoder.encodeInto('<HealthData locale="en_US">\n', bytes).written;
  for (let count = 0; ; count++) {
    const instant = 1_770_000_000_000 + count * 5 * minute;
    let block = record("BloodGlucose", "mg/dL", 100 + (count % 80), instant);
    for (let beat = 0; beat < heartRates; beat++)
      block += record("HeartRate", "count/min", 60 + beat, instant + beat * 3000);
    if (length + block.length > bytes.length) return bytes.subarray(0, length);
    length += encoder.encodeInto(block, bytes.subarray(length)).written;
  }
};

const fileOf = (bytes: Uint8Array) => ({
  name: "export.xml",
  async *stream() {
    for (let from = 0; from < bytes.length; from += 262_144) yield bytes.subarray(from, from + 262_144);
  }
});

/** Milliseconds that this process had of the processor: others may have had it in between. */
const processorTime = async (work: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Files as people have them, to checked datums, against looking at each of their bytes once. */
export const bench: Bench = {
  name: "sources",
  run: async (say) => {
    const bytes = healthExport(120);
    for (let round = 0; round < 3; round++) {
      let lines = 0;
      const scan = await processorTime(async () => {
        for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) lines++;
      });
      let datums = 0;
      const read = await processorTime(async () => {
        for await (const page of (await openSource([fileOf(bytes)], { now: Date.now() })).pages) datums += page.length;
      });
      const speed = bytes.length / 1000 / read;
      say(
        `Apple Health, ${(bytes.length / 1e6).toFixed(0)} MB, ${lines} records, ${datums} datums: ${speed.toFixed(0)} MB/s of processor time, ${(read / scan).toFixed(1)} times as long as counting its lines; ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB of memory with the file`
      );
    }
  }
};
