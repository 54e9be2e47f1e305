import type { TidepoolRecord } from "./writable-record.ts";

/** An exported record on its way: as read, and as it may be written. */
export interface Linkable {
  readonly record: TidepoolRecord;
  readonly datum: TidepoolRecord;
  readonly at: string;
}

/** A record that waits, and the names by which its other half may ask for it. */
export interface Waiting {
  readonly item: Linkable;
  readonly isParent: boolean;
  readonly names: ReadonlyArray<string>;
}

/** The origin id of a datum, as the platform reads it; undefined where it has none. */
export const originIdOf = ({ origin }: TidepoolRecord): string | undefined => {
  const id = typeof origin === "object" && origin !== null ? (origin as TidepoolRecord)["id"] : undefined;
  return typeof id === "string" ? id.toWellFormed() : undefined;
};

/** Records that wait for the one they are linked with; of each origin id one at most, so that versions cannot overtake each other. */
export class WaitingRecords {
  /** By the id that the platform gave them; a version that was let go has its successor under its name. */
  private readonly children = new Map<string, Waiting>();
  /** By the id of the record that they name. */
  private readonly parents = new Map<string, Waiting>();
  private readonly byOrigin = new Map<string, Waiting>();

  get size(): number {
    return this.children.size + this.parents.size;
  }

  child(name: string): Waiting | undefined {
    return this.children.get(name);
  }

  parent(name: string): Waiting | undefined {
    return this.parents.get(name);
  }

  ofOrigin(originId: string): Waiting | undefined {
    return this.byOrigin.get(originId);
  }

  /** The one that is to make room, where as many wait as may. */
  oldest(isParent: boolean, most: number): Waiting | undefined {
    const queue = this.queue(isParent);
    return queue.size < most ? undefined : queue.values().next().value;
  }

  add(waiting: Waiting) {
    for (const name of waiting.names) this.queue(waiting.isParent).set(name, waiting);
    const originId = originIdOf(waiting.item.datum);
    if (originId !== undefined) this.byOrigin.set(originId, waiting);
  }

  remove(waiting: Waiting) {
    for (const name of waiting.names) this.queue(waiting.isParent).delete(name);
    const originId = originIdOf(waiting.item.datum);
    if (originId !== undefined) this.byOrigin.delete(originId);
  }

  /** All of them, each once. */
  all(): ReadonlyArray<Waiting> {
    return [...new Set([...this.children.values(), ...this.parents.values()])];
  }

  private queue(isParent: boolean): Map<string, Waiting> {
    return isParent ? this.parents : this.children;
  }
}
