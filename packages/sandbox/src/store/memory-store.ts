import type { DataSetRecord, DatumRecord, DatumSelection, DatumState, Store } from "./store.ts";
import type { TokenRecord } from "./token-record.ts";
import type { UserRecord } from "./user-record.ts";

type Kept = { datum: Omit<DatumRecord, "state">; state: DatumState; archivedFor: string | undefined; gone: boolean };

class DatumSet {
  rows: Array<Kept> = [];
  readonly byOrigin = new Map<string, Array<Kept>>();
  removed = 0;

  insert(datum: DatumRecord): void {
    const { state, ...rest } = datum;
    const row: Kept = { datum: rest, state, archivedFor: undefined, gone: false };
    this.rows.push(row);
    if (datum.originId === undefined) return;
    const same = this.byOrigin.get(datum.originId);
    if (same === undefined) this.byOrigin.set(datum.originId, [row]);
    else same.push(row);
  }

  *select(selection: DatumSelection | undefined): Iterable<Kept> {
    if (selection?.by === "origin") {
      for (const value of new Set(selection.values)) yield* this.byOrigin.get(value) ?? [];
      return;
    }
    const wanted = new Set(selection?.values);
    for (const row of this.rows) {
      if (row.gone) continue;
      if (selection === undefined || wanted.has(keyOf(row, selection.by))) yield row;
    }
  }

  remove(rows: Iterable<Kept>): void {
    for (const row of rows) {
      row.gone = true;
      this.removed += 1;
      const origin = row.datum.originId;
      if (origin === undefined) continue;
      const left = (this.byOrigin.get(origin) ?? []).filter((other) => other !== row);
      if (left.length > 0) this.byOrigin.set(origin, left);
      else this.byOrigin.delete(origin);
    }
    if (this.removed > 1_000 && this.removed * 2 > this.rows.length) {
      this.rows = this.rows.filter((row) => !row.gone);
      this.removed = 0;
    }
  }
}

const keyOf = (row: Kept, by: "id" | "hash"): string =>
  by === "hash" ? (row.datum.hash ?? "") : String(memberOf(row, "id"));

const memberOf = (row: Kept, name: string): unknown => (JSON.parse(row.datum.json) as Record<string, unknown>)[name];

const withState = (row: Kept): DatumRecord => ({ ...row.datum, state: row.state });

/** A store that forgets: everything in memory, for tests and for a sandbox inside a browser tab. */
export const createMemoryStore = (): Store => {
  const sets = new Map<string, { record: DataSetRecord; order: number; datums: DatumSet }>();
  let order = 0;
  const users = new Map<string, UserRecord>();
  const tokens = new Map<string, TokenRecord>();
  const settings = new Map<string, string>();

  const datumsOf = (uploadId: string) => sets.get(uploadId)?.datums ?? new DatumSet();
  const setsOf = (userId: string) => [...sets.values()].filter((set) => set.record.userId === userId);
  const mark = (rows: Iterable<Kept>, from: ReadonlyArray<DatumState>, to: DatumState, archivedFor?: string) => {
    for (const row of rows) {
      if (!from.includes(row.state)) continue;
      row.state = to;
      row.archivedFor = archivedFor;
    }
  };
  const inState = function* (rows: Iterable<Kept>, state: DatumState) {
    for (const row of rows) if (row.state === state) yield row;
  };

  return {
    transaction: (work) => work(),
    close() {},
    insertDataSet(record) {
      if (sets.has(record.uploadId)) return false;
      sets.set(record.uploadId, { record, order: (order += 1), datums: new DatumSet() });
      return true;
    },
    getDataSet: (uploadId) => sets.get(uploadId)?.record,
    updateDataSet(record) {
      const set = sets.get(record.uploadId);
      if (set !== undefined) set.record = record;
    },
    removeDataSet: (uploadId) => void sets.delete(uploadId),
    listDataSets(listing) {
      return setsOf(listing.userId)
        .filter(({ record }) => record.active && (listing.deleted || !record.deleted))
        .filter(({ record }) => listing.deviceId === undefined || record.body["deviceId"] === listing.deviceId)
        .filter(({ record: { body } }) => {
          const client = body["client"] as { readonly name?: string } | undefined;
          return listing.clientName === undefined || client?.name === listing.clientName;
        })
        .sort((a, b) => b.record.createdTime - a.record.createdTime || b.order - a.order)
        .slice(listing.offset, listing.offset + listing.limit)
        .map(({ record }) => record);
    },
    dataSetsOf: (userId) => setsOf(userId).map(({ record }) => record),
    insertDatums(uploadId, datums) {
      const set = datumsOf(uploadId);
      for (const datum of datums) set.insert(datum);
    },
    markDatums: (uploadId, selection) =>
      mark(datumsOf(uploadId).select(selection), ["pending", "active", "archived"], "marked"),
    destroyMarked(uploadId, selection) {
      const set = datumsOf(uploadId);
      set.remove(inState(set.select(selection), "marked"));
    },
    archiveDatums: (uploadId, selection) => mark(datumsOf(uploadId).select(selection), ["active"], "archived"),
    removeDatums(uploadId, selection) {
      const set = datumsOf(uploadId);
      set.remove(set.select(selection));
    },
    activateDatums: (uploadId) => mark(datumsOf(uploadId).select(undefined), ["pending", "archived"], "active"),
    findActive: (uploadId, selection) => [...inState(datumsOf(uploadId).select(selection), "active")].map(withState),
    archiveByHashes(userId, deviceId, uploadId) {
      const hashes = new Set([...datumsOf(uploadId).select(undefined)].map((row) => row.datum.hash));
      for (const { datums } of setsOf(userId)) {
        const rows = [...inState(datums.select(undefined), "active")];
        const same = rows.filter((row) => row.datum.hash !== undefined && hashes.has(row.datum.hash));
        const ofDevice = same.filter((row) => memberOf(row, "deviceId") === deviceId);
        mark(ofDevice, ["active"], "archived", uploadId);
      }
    },
    unarchiveByHashes(userId, deviceId, uploadId) {
      const own = new Map([...datumsOf(uploadId).select(undefined)].map((row) => [row.datum.hash, row]));
      const rows = setsOf(userId).flatMap(({ datums }) => [...datums.select(undefined)]);
      for (const row of rows) {
        if (row.archivedFor !== uploadId || memberOf(row, "deviceId") !== deviceId) continue;
        const equal = own.get(row.datum.hash);
        if (equal?.state === "active") mark([row], ["archived"], "active");
        else if (equal?.archivedFor !== undefined) row.archivedFor = equal.archivedFor;
      }
    },
    removeDeviceDatums(userId, deviceId, exceptUploadId) {
      for (const { record, datums } of setsOf(userId)) {
        if (record.uploadId === exceptUploadId) continue;
        datums.remove([...datums.select(undefined)].filter((row) => memberOf(row, "deviceId") === deviceId));
      }
    },
    *readDatums({ uploadIds, types, from, to }) {
      for (const uploadId of uploadIds) {
        for (const row of datumsOf(uploadId).rows) {
          if (row.gone || row.state !== "active") continue;
          if (types !== undefined && !types.has(row.datum.type)) continue;
          if (from !== undefined && row.datum.time < from) continue;
          if (to !== undefined && row.datum.time > to) continue;
          yield withState(row);
        }
      }
    },
    countDatums(uploadId) {
      const counts: Record<string, number> = {};
      for (const { datum } of inState(datumsOf(uploadId).select(undefined), "active")) {
        counts[datum.type] = (counts[datum.type] ?? 0) + 1;
      }
      return counts;
    },
    putUser: (user) => void users.set(user.userId, user),
    getUser: (userId) => users.get(userId),
    findUser: (email) => users.values().find((user) => user.email?.toLowerCase() === email.toLowerCase()),
    users: () => [...users.values()],
    putToken: (token) => void tokens.set(token.hash, token),
    getToken: (hash) => tokens.get(hash),
    removeToken: (hash) => void tokens.delete(hash),
    removeTokenFamily(family) {
      for (const token of tokens.values()) if (token.family === family) tokens.delete(token.hash);
    },
    getSetting: (name) => settings.get(name),
    putSetting: (name, value) => void settings.set(name, value)
  };
};
