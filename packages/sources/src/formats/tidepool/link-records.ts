import { check } from "@tideway/schemas";
import type { Entry } from "../../entry.ts";
import { type Linkable, originIdOf, type Waiting, WaitingRecords } from "./waiting-records.ts";
import type { TidepoolRecord } from "./writable-record.ts";

const none: ReadonlyArray<Waiting> = [];

/** How many records may wait for the one they are linked with: bounds the memory, at about 10 MB. */
const longestQueue = 20_000;

/** Of how many older versions of a bolus the ids are known, by which wizards may ask for it. */
const mostNames = 8;

/** The member by which a record names another one, which an upload must hold as an object. */
const linkOf = ({ type, subType }: TidepoolRecord): string | undefined => {
  if (type === "wizard") return "bolus";
  return type === "deviceEvent" && (subType === "alarm" || subType === "reservoirChange") ? "status" : undefined;
};

const canBeLinked = ({ type, subType }: TidepoolRecord): boolean =>
  (type === "bolus" && subType !== "automated") || (type === "deviceEvent" && subType === "status");

const without = (datum: TidepoolRecord, member: string): TidepoolRecord =>
  Object.fromEntries(Object.entries(datum).filter(([key]) => key !== member));

/**
 * Puts records that belong together back into one: an export holds a wizard and its bolus side by side, linked by id, but
 * the platform takes the link only as a bolus inside the wizard, and without it shows no carbs with the bolus.
 *
 * Records wait for each other, at most 20,000 of each half at a time; a record whose other half never comes goes on alone. Versions of one datum (one
 * origin id) keep the order in which the input has them, whichever of them wait or are put into another: the last one is the one that counts.
 */
export const createLinker = (onLost: () => void) => {
  const waiting = new WaitingRecords();

  const alone = ({ datum, at }: Linkable): Entry => ({ datum, at });
  const unlinked = ({ record, datum, at }: Linkable): Entry => ({ datum: without(datum, linkOf(record)!), at });
  const lost = (parent: Linkable): Entry => {
    onLost();
    return unlinked(parent);
  };

  const release = (released: Waiting, asParent = lost): Entry => {
    waiting.remove(released);
    return released.isParent ? asParent(released.item) : alone(released.item);
  };

  const joined = (parent: Linkable, child: Linkable): ReadonlyArray<Entry> => {
    const datum = { ...parent.datum, [linkOf(parent.record)!]: child.datum };
    // A wizard that will be refused must not take its bolus with it.
    if (!check(datum).ok) return [lost(parent), alone(child)];
    const message = `Not sent by itself: it goes inside the ${String(parent.record["type"])} that it belongs to (${parent.at}).`;
    const problem = { outcome: "skipped", code: "inside-another", message } as const;
    return [
      { datum, at: parent.at },
      { problem, at: child.at }
    ];
  };

  /** The waiting versions that this datum, and what is inside it, follow: nothing of it may be sent before them. */
  const olderThan = (datum: TidepoolRecord, but?: Waiting): ReadonlyArray<Waiting> => {
    if (waiting.size === 0) return none;
    const older: Array<Waiting> = [];
    for (const each of [datum, datum["bolus"], datum["status"]]) {
      if (typeof each !== "object" || each === null) continue;
      const id = originIdOf(each as TidepoolRecord);
      const found = id === undefined ? undefined : waiting.ofOrigin(id);
      if (found && found !== but && !older.includes(found)) older.push(found);
    }
    return older;
  };

  const wait = (
    item: Linkable,
    isParent: boolean,
    name: string,
    older: ReadonlyArray<Waiting>
  ): ReadonlyArray<Entry> => {
    const other = isParent ? waiting.parent(name) : waiting.child(name);
    const leaving = other ?? waiting.oldest(isParent, longestQueue);
    const entries = leaving ? [release(leaving)] : [];
    // Who asks for an older version of this bolus means this bolus.
    const before = isParent
      ? []
      : older.filter((each) => !each.isParent).flatMap(({ names }) => names.slice(-mostNames));
    waiting.add({ item, isParent, names: [...new Set([...before, name])] });
    return entries;
  };

  return {
    /** What can go on now that this record is known: itself, others, or nothing yet. */
    add(item: Linkable): ReadonlyArray<Entry> {
      const { record, datum } = item;
      const link = linkOf(record);
      const target = link === undefined ? undefined : record[link];
      const isParent = typeof target === "string";
      const name = isParent ? target : record["id"];
      const canWait = typeof name === "string" && (isParent || canBeLinked(record));
      const partner = canWait ? (isParent ? waiting.child(name) : waiting.parent(name)) : undefined;
      const older = olderThan(datum, partner);
      // One that will be refused replaces none.
      if (older.length > 0 && !check(isParent ? without(datum, link!) : datum).ok)
        return [isParent ? lost(item) : alone(item)];
      // The link of an older version is not lost: the newer one replaces that version.
      const entries = older.map((each) => release(each, unlinked));
      if (!canWait && entries.length === 0) return [alone(item)];
      if (partner) {
        waiting.remove(partner);
        return [...entries, ...(isParent ? joined(item, partner.item) : joined(partner.item, item))];
      }
      return [...entries, ...(canWait ? wait(item, isParent, name, older) : [alone(item)])];
    },
    /** What has to go before this datum, which needs no linking. */
    before(datum: TidepoolRecord): ReadonlyArray<Entry> {
      return olderThan(datum).map((each) => release(each, unlinked));
    },
    get isWaiting(): boolean {
      return waiting.size > 0;
    },
    /** What still waits, once there is no more to come. */
    end(): ReadonlyArray<Entry> {
      return waiting.all().map((each) => release(each));
    }
  };
};
