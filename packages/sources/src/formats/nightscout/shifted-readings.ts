const hour = 3_600_000;
/** Sensors give a reading every five minutes, and apps take a while to send it. */
const near = 400_000;
/** What was wrong, where it was: the zone, or what an app took for it. */
const [least, most] = [3.5 * hour, 8.5 * hour];

/** A reading that comes with a wrong time comes alone. */
const mostAlone = 2;

/**
 * Notices readings that came to the site with a time hours back, and again with the right one. Which is right cannot be
 * told for sure (a sensor out of reach gives its readings hours later, too): so they are counted, and stay.
 */
export class ShiftedReadings {
  private readonly late: Array<{ readonly inserted: number; readonly value: number }> = [];
  private readonly prompt = new Map<number, Array<readonly [inserted: number, value: number]>>();

  /** `inserted`: when the site got it, where that is known. */
  add(time: number, value: number, inserted: number | undefined): void {
    if (inserted === undefined) return;
    const delay = inserted - time;
    if (delay >= least && delay <= most) this.late.push({ inserted, value });
    // Those that came when they were taken are compared with late ones that came about then.
    else if (Math.abs(delay) <= near) {
      const slot = Math.floor(inserted / near);
      const others = this.prompt.get(slot);
      if (others) others.push([inserted, value]);
      else this.prompt.set(slot, [[inserted, value]]);
    }
  }

  /** How many came twice with times hours apart. Many that came late together are those of a sensor that was out of reach. */
  count(): number {
    const together = new Map<number, number>();
    const minuteOf = (inserted: number) => Math.floor(inserted / 60_000);
    for (const { inserted } of this.late) {
      together.set(minuteOf(inserted), (together.get(minuteOf(inserted)) ?? 0) + 1);
    }
    const isTwin = ({ inserted, value }: { readonly inserted: number; readonly value: number }) => {
      const slot = Math.floor(inserted / near);
      return [slot - 1, slot, slot + 1].some((each) =>
        this.prompt.get(each)?.some(([other, same]) => same === value && Math.abs(other - inserted) <= near)
      );
    };
    return this.late.filter((each) => together.get(minuteOf(each.inserted))! <= mostAlone && isTwin(each)).length;
  }
}
