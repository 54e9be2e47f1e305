import type { Entry } from "../../entry.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import { refusedFault } from "../../refused-fault.ts";
import { PlausibleTimes } from "../../values/plausible-times.ts";
import { MemberClock } from "./member-clock.ts";
import type { Profiles } from "./profiles.ts";

export type Members = Readonly<Record<string, unknown>>;

/** A part of the input without a datum. */
export const problem = (at: string, outcome: "rejected" | "skipped", code: string, message: string): Entry => ({
  problem: { outcome, code, message },
  at
});
export const deletedProblem = (at: string): Entry =>
  problem(at, "skipped", "deleted", "It was deleted on the site, which only marks what is deleted.");
export const repeatedProblem = (at: string): Entry =>
  problem(at, "skipped", "repeated-document", "The same is there in another document.");

/** Makes datums of what was measured or done, and its time, device and id. */
export class EntryBuilder {
  readonly clock: MemberClock;
  readonly notes: NotesInProgress;
  readonly now: number;
  /** Origin ids that deleted documents had, in so far as no other document has them. */
  readonly deleted = new Set<string>();
  private readonly times: PlausibleTimes;
  private number = 0;

  constructor(profiles: Profiles, options: ReadOptions, notes: NotesInProgress) {
    this.notes = notes;
    this.now = options.now;
    this.times = new PlausibleTimes(options.now);
    this.clock = new MemberClock(options, profiles);
  }

  /** The datum, or the problem that Tidepool would refuse it. */
  checked(datum: Members, at: string): Entry {
    const fault = refusedFault(datum);
    if (fault) return problem(at, "rejected", fault.code, fault.message);
    this.deleted.delete((datum["origin"] as { readonly id: string }).id);
    return { datum, at };
  }

  datum(members: Members, instant: number, id: string, device: string | undefined, at: string): Entry {
    if (device !== undefined) this.notes.addDevice({ id: device });
    const deviceId = device === undefined ? {} : { deviceId: device };
    const origin = { id, name: "nightscout", type: "service" };
    return this.checked({ ...members, ...this.clock.members(instant), ...deviceId, origin }, at);
  }

  /** Why a record of that time is none; `undefined` where it is one. */
  timeProblem(instant: number | undefined, at: string): Entry | undefined {
    this.number++;
    if (instant === undefined) {
      const message = "The document has no time that can be read: milliseconds, or date, time and offset.";
      return problem(at, "rejected", "no-time", message);
    }
    if (this.times.accepts(instant, this.number)) return undefined;
    const message = "The document is dated more than a day ahead of now: a clock was wrong.";
    return problem(at, "rejected", "in-the-future", message);
  }

  /** Tells what was noticed of the times. */
  end(file: string): void {
    this.times.tell(this.notes, file);
  }
}
