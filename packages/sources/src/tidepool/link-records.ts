import { check } from "@tideway/schemas";
import type { Entry } from "../entry.ts";
import type { TidepoolRecord } from "./writable-record.ts";

/** How many records may wait for the one they are linked with: bounds the memory, at about 10 MB. */
const longestQueue = 20_000;

/** An exported record on its way: as read, and as it may be written. */
export interface Linkable {
  readonly record: TidepoolRecord;
  readonly datum: TidepoolRecord;
  readonly at: string;
}

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
 * Records wait for each other, at most 20,000 at a time; what waits in vain goes on alone.
 */
export const createLinker = (onLost: () => void) => {
  const children = new Map<string, Linkable>();
  const parents = new Map<string, Linkable>();

  const alone = ({ datum, at }: Linkable): Entry => ({ datum, at });

  const unlinked = (parent: Linkable): Entry => {
    onLost();
    return { datum: without(parent.datum, linkOf(parent.record)!), at: parent.at };
  };

  const joined = (parent: Linkable, child: Linkable): ReadonlyArray<Entry> => {
    const datum = { ...parent.datum, [linkOf(parent.record)!]: child.datum };
    // A wizard that will be refused must not take its bolus with it.
    if (!check(datum).ok) return [unlinked(parent), alone(child)];
    const message = `Not sent by itself: it goes inside the ${String(parent.record["type"])} that it belongs to (${parent.at}).`;
    const problem = { outcome: "skipped", code: "inside-another", message } as const;
    return [
      { datum, at: parent.at },
      { problem, at: child.at }
    ];
  };

  const wait = (
    queue: Map<string, Linkable>,
    id: string,
    item: Linkable,
    release: (oldest: Linkable) => Entry
  ): ReadonlyArray<Entry> => {
    const [oldestId, oldest] = queue.has(id) ? [id, queue.get(id)!] : (queue.entries().next().value ?? ["", item]);
    const leaves = queue.has(id) || queue.size >= longestQueue;
    if (leaves) queue.delete(oldestId);
    queue.set(id, item);
    return leaves ? [release(oldest)] : [];
  };

  return {
    /** What can go on now that this record is known: itself, another one, both, or nothing yet. */
    add(item: Linkable): ReadonlyArray<Entry> {
      const { record } = item;
      const link = linkOf(record);
      const target = link === undefined ? undefined : record[link];
      if (typeof target === "string") {
        const child = children.get(target);
        if (!child) return wait(parents, target, item, unlinked);
        children.delete(target);
        return joined(item, child);
      }
      const id = record["id"];
      if (typeof id !== "string" || !canBeLinked(record)) return [alone(item)];
      const parent = parents.get(id);
      if (!parent) return wait(children, id, item, alone);
      parents.delete(id);
      return joined(parent, item);
    },
    /** What still waits, once there is no more to come. */
    end(): ReadonlyArray<Entry> {
      return [...[...children.values()].map(alone), ...[...parents.values()].map(unlinked)];
    }
  };
};
