/** A device that datums of a source come from. */
export interface SourceDevice {
  /** The `deviceId` of its datums. */
  readonly id: string;
  /** As the file names it. */
  readonly model?: string;
}

/** Something that people should know about what was read. Holds no health value and nothing personal. */
export interface Remark {
  /** A stable word for programs. */
  readonly code: string;
  readonly message: string;
}

/** What was noticed while a source was opened and read. Complete once all pages were read. */
export interface Notes {
  readonly devices: ReadonlyArray<SourceDevice>;
  /** What the files do not say, and was taken for true: each with its reason. */
  readonly assumed: ReadonlyArray<Remark>;
  /** What is readable but hardly true: dates before there were such devices, a clock that jumped, … */
  readonly warnings: ReadonlyArray<Remark>;
  /** Records that Tidepool has no kind for, or that say nothing: by what they are, with how many there were. */
  readonly notMapped: ReadonlyMap<string, number>;
}

/** The notes of a source while they are being taken. Saying the same again changes nothing, except for counts. */
export class NotesInProgress implements Notes {
  private readonly deviceById = new Map<string, SourceDevice>();
  private readonly assumptions = new Map<string, Remark>();
  private readonly warningByMessage = new Map<string, Remark>();
  private readonly counts = new Map<string, number>();

  get devices(): ReadonlyArray<SourceDevice> {
    return [...this.deviceById.values()];
  }

  get assumed(): ReadonlyArray<Remark> {
    return [...this.assumptions.values()];
  }

  get warnings(): ReadonlyArray<Remark> {
    return [...this.warningByMessage.values()];
  }

  get notMapped(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /** A device that datums come from. */
  addDevice(device: SourceDevice): void {
    if (!this.deviceById.has(device.id)) this.deviceById.set(device.id, device);
  }

  /** What was taken for true without being said, and why. */
  assume(code: string, message: string): void {
    this.assumptions.set(message, { code, message });
  }

  warn(code: string, message: string): void {
    this.warningByMessage.set(message, { code, message });
  }

  /** A record without a datum, by what it is: `alert setting`. */
  skip(what: string, count = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + count);
  }

  /** Called before the files are read once more. */
  clearCounts(): void {
    this.counts.clear();
  }
}
