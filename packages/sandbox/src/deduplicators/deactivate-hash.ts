import type { Deduplicator } from "./deduplicator.ts";
import { IdentityMissing, identityHash } from "./identity-hash.ts";
import type { IncomingDatum } from "./incoming-datum.ts";
import { insertStep } from "./insert-step.ts";

const models: Readonly<Record<string, ReadonlyArray<string>>> = {
  Abbott: ["FreeStyle Libre"],
  LifeScan: ["OneTouch Ultra 2", "OneTouch UltraMini", "Verio", "Verio Flex"],
  // prettier-ignore
  Medtronic: [
    "523", "523K", "551", "554", "723", "723K", "751", "754", "1510", "1510K", "1511", "1512", "1580", "1581", "1582",
    "1710", "1710K", "1711", "1712", "1714", "1714K", "1715", "1780", "1781", "1782"
  ],
  "Trividia Health": ["TRUE METRIX", "TRUE METRIX AIR", "TRUE METRIX GO"]
};

const deviceOf = (body: Readonly<Record<string, unknown>>): string => {
  const device = body["deviceId"];
  if (typeof device !== "string") throw new IdentityMissing("deviceId");
  return device;
};

/** At closing, archives the same device's older equal data; deleting the set brings them back. */
export const deactivateHash: Deduplicator = {
  name: "org.tidepool.deduplicator.device.deactivate.hash",
  version: "1.1.0",
  aliases: ["org.tidepool.hash-deactivate-old"],
  suits({ deviceId, deviceManufacturers, deviceModel }) {
    if (deviceId === undefined || deviceModel === undefined) return false;
    const makers = (deviceManufacturers ?? []) as ReadonlyArray<string>;
    return makers.some((maker) => models[maker]?.includes(deviceModel as string));
  },
  async add(work) {
    const hashes = new Map<IncomingDatum, string>();
    for (const incoming of work.datums) {
      hashes.set(incoming, await identityHash(work.dataSet.userId, deviceOf(incoming.datum), incoming));
    }
    return [insertStep(work, hashes)];
  },
  remove: (store, { uploadId }, selection) => store.removeDatums(uploadId, selection),
  close: (store, { userId, uploadId, body }) => store.archiveByHashes(userId, deviceOf(body), uploadId),
  drop: (store, { userId, uploadId, body }) => store.unarchiveByHashes(userId, deviceOf(body), uploadId)
};
