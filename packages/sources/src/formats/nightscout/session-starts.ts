/** Milliseconds: a sensor lasts for days, and starts again after a failure take longer. */
const within = 15 * 60_000;

/** Tells how many sensors were started: apps write one start hundreds of times, milliseconds apart. */
export class SessionStarts {
  private readonly times: Array<number> = [];

  add(time: number): void {
    this.times.push(time);
  }

  /** How many starts there were, and how many documents beyond that. */
  count(): { readonly sessions: number; readonly repeated: number } {
    let sessions = 0;
    let first = Number.NEGATIVE_INFINITY;
    for (const time of this.times.sort((a, b) => a - b)) {
      if (time - first <= within) continue;
      sessions++;
      first = time;
    }
    return { sessions, repeated: this.times.length - sessions };
  }
}
