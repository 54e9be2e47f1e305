import type { NotesInProgress } from "../notes.ts";

const day = 86_400_000;
/** The first glucose meters for homes were sold about then. */
const firstDevices = Date.UTC(1981, 0, 1);

/** Watches over when records are from: the far future is refused, what is older than any device is told. */
export class PlausibleTimes {
  private readonly latest: number;
  private tooOld = 0;
  private firstRow = 0;

  /** Takes the present moment, in milliseconds since 1970. */
  constructor(now: number) {
    this.latest = now + day;
  }

  /** Whether a record may be from that moment. A clock may be a day ahead: zones are, and people set clocks wrongly. */
  accepts(instant: number, row: number): boolean {
    if (instant > this.latest) return false;
    if (instant < firstDevices && this.tooOld++ === 0) this.firstRow = row;
    return true;
  }

  /** Tells what was noticed in a file. */
  tell(notes: NotesInProgress, file: string): void {
    if (this.tooOld === 0) return;
    const message = `${this.tooOld} records of ${file} are from before there were such devices, the first in row ${this.firstRow}: was the clock wrong, or were the dates changed?`;
    notes.warn("before-devices", message);
  }
}
