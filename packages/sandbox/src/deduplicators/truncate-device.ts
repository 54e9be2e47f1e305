import { serverTime } from "../server-time.ts";
import type { Deduplicator } from "./deduplicator.ts";
import { IdentityMissing } from "./identity-hash.ts";
import { insertStep } from "./insert-step.ts";

/** At closing, removes all other data of the device and marks the device's other data sets deleted. */
export const truncateDevice: Deduplicator = {
  name: "org.tidepool.deduplicator.device.truncate.dataset",
  version: "1.1.0",
  aliases: ["org.tidepool.truncate"],
  suits: ({ deviceId, deviceManufacturers }) =>
    deviceId !== undefined && ((deviceManufacturers ?? []) as ReadonlyArray<string>).includes("Animas"),
  add: (work) => [insertStep(work)],
  remove: (store, { uploadId }, selection) => store.removeDatums(uploadId, selection),
  close(store, { userId, uploadId, body }, now) {
    const device = body["deviceId"];
    if (typeof device !== "string") throw new IdentityMissing("deviceId");
    store.removeDeviceDatums(userId, device, uploadId);
    const deletedTime = serverTime(now);
    for (const other of store.dataSetsOf(userId)) {
      if (other.uploadId === uploadId || other.deleted || other.body["deviceId"] !== device) continue;
      const revision = other.revision + 1;
      const changed = { ...other.body, deletedTime, modifiedTime: deletedTime };
      store.updateDataSet({ ...other, deleted: true, revision, body: changed });
    }
  }
};
