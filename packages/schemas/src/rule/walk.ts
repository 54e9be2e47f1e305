import type { Issue } from "../issue.ts";
import type { Fault, Key } from "./fault.ts";

interface Branch extends Array<Issue | Branch> {}
/** Where a value stands. Each holds its texts whole: as ropes they share what they have in common. */
interface Place {
  readonly key: Key | undefined;
  readonly pointer: string;
  /** The same for people, without the place in the batch: `bolus.normal`. */
  readonly name: string;
}
interface Later {
  readonly place: Place;
  readonly units: string | undefined;
  readonly out: Branch;
  readonly task: () => void;
}

/** How many recursive objects a walk descends into before it puts the rest off: no datum shall overflow the stack. */
const reach = 100;

/**
 * One way through a datum or a batch: where it is, which glucose units hold there, and what it found.
 *
 * It first enters the datum's place in its batch; a walk through one datum alone leaves that out of its pointers.
 */
export class Walk {
  /** The glucose units in force: ranges of glucose values depend on them. */
  units: string | undefined;
  /** The least `start` of the next element of a schedule; 0 where it has to be 0. */
  floor = 0;
  failed = false;
  /** Whether anything that was accepted since the walk last began anew has members without a rule. */
  hasStrangers = false;
  /** Recursive objects entered since the walk last began anew. */
  nesting = 0;
  private out: Branch = [];
  private places: Array<Place> = [];
  private place: Place = nowhere;
  private readonly later: Array<Later> = [];
  private readonly batch: boolean;

  constructor(batch = false) {
    this.batch = batch;
  }

  /** Makes it as new; for walks that only accept. */
  begin(): void {
    this.units = undefined;
    this.failed = false;
    this.hasStrangers = false;
    this.nesting = 0;
    this.place = nowhere;
    if (this.out.length > 0) this.out = [];
    if (this.places.length > 0) this.places = [];
  }

  enter(key: Key): void {
    this.places.push(this.place);
    this.place = this.below(key);
  }

  leave(): void {
    this.place = this.places.pop() ?? nowhere;
  }

  /** The name or index of the value that the walk is at. */
  get key(): Key | undefined {
    return this.place.key;
  }

  /** Whether the stack wants relief: what comes next belongs into `putOff`. */
  get deep(): boolean {
    return this.nesting >= reach;
  }

  /** Does the task after everything else, at this place and with its issues in this place. */
  putOff(task: () => void): void {
    const out: Branch = [];
    this.out.push(out);
    this.later.push({ place: this.place, units: this.units, out, task });
  }

  /** Reports a fault of the member `key`; without a key, of the object that the walk is at. */
  report(key: Key | undefined, fault: Fault, value: unknown): void {
    this.failed = true;
    const { pointer, name } = key === undefined ? this.place : this.below(key);
    this.out.push({
      pointer,
      code: fault.code,
      message: `${name === "" ? "The datum" : name} ${fault.text}.`,
      ...(value === undefined ? undefined : { value })
    });
  }

  /** Reports a fault of the element at this place of the batch as a whole. */
  reportAt(index: number, fault: Fault): void {
    this.enter(index);
    this.report(undefined, fault, undefined);
    this.leave();
  }

  /** The pointer to a member of the object that the walk is at. */
  pointerOf(key: Key): string {
    return this.below(key).pointer;
  }

  /** Runs the task and all that it puts off; answers with the issues in the order of the datum. */
  run(task: () => void): ReadonlyArray<Issue> {
    const root: Branch = [];
    this.out = root;
    task();
    for (let next = this.later.pop(); next !== undefined; next = this.later.pop()) {
      this.place = next.place;
      this.nesting = 0;
      this.units = next.units;
      this.out = next.out;
      next.task();
    }
    return flatten(root);
  }

  private below(key: Key): Place {
    const { place } = this;
    if (place === nowhere) return { key, pointer: this.batch ? `/${key}` : "", name: "" };
    return {
      key,
      pointer: `${place.pointer}/${escaped(key)}`,
      name: place.name === "" ? `${key}` : `${place.name}.${key}`
    };
  }
}

/** Before a walk has entered its datum. */
const nowhere: Place = { key: undefined, pointer: "", name: "" };

/** RFC 6901. Lone surrogates become U+FFFD, as on the way to the platform. */
const escaped = (key: Key): Key =>
  typeof key === "number" ? key : key.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1");

const flatten = (root: Branch): ReadonlyArray<Issue> => {
  const issues: Array<Issue> = [];
  const stack: Array<Issue | Branch> = root.toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (Array.isArray(next)) for (const branch of next.toReversed()) stack.push(branch);
    else issues.push(next);
  }
  return issues;
};
