import type { Entry } from "../../entry.ts";
import { deviceName } from "./device-name.ts";
import type { Fields } from "./document.ts";
import { deletedProblem, problem, type EntryBuilder } from "./entry-builder.ts";
import { entryInstant, instantIn } from "./moment.ts";
import { entryOriginId } from "./origin-id.ts";
import { readingMembers, readingOf } from "./reading-datum.ts";
import { isDeleted, type Survey, timedReading } from "./survey.ts";

const minute = 60_000;

/** Tells entries as readings of sensors and meters. */
export class EntryMapping {
  private readonly builder: EntryBuilder;
  private survey: Survey;
  private counted = { sgv: 0, mbg: 0, calibration: 0 };
  private twoTimes = 0;
  private shifted: number;

  constructor(survey: Survey, builder: EntryBuilder) {
    this.survey = survey;
    this.builder = builder;
    this.shifted = survey.shifted.count();
  }

  goOnWith(survey: Survey): void {
    this.survey = survey;
    this.counted = { sgv: 0, mbg: 0, calibration: 0 };
    this.shifted += survey.shifted.count();
  }

  /** To be called for every entry, in the order of the survey. */
  entriesOf(fields: Fields, at: string): ReadonlyArray<Entry> {
    const { builder } = this;
    if (isDeleted(fields)) {
      this.forget(fields);
      return [deletedProblem(at)];
    }
    const timed = timedReading(fields);
    const reading = timed?.reading ?? readingOf(fields, deviceName(fields["device"]));
    const decision = timed && this.survey.readings[timed.reading.kind].decisionOf(this.counted[timed.reading.kind]++);
    if ("notMapped" in reading) {
      builder.notes.skip(reading.notMapped);
      return [];
    }
    const late = builder.timeProblem(entryInstant(fields), at);
    if (late) return [late];
    if ("fault" in reading) return [problem(at, "rejected", "implausible-glucose", reading.fault)];
    if (!timed || !decision) return [];
    const { instant, device } = timed;
    if ("insteadOf" in decision) {
      this.count(device ?? "an unnamed uploader", decision.insteadOf);
      return [];
    }
    const text = instantIn(fields["dateString"]);
    if (text !== undefined && Math.abs(text - instant) > minute) this.twoTimes++;
    const members = readingMembers(timed.reading);
    const id = entryOriginId(reading.kind, instant, String(members["type"]), decision.occurrence);
    return [builder.datum(members, instant, id, device, at)];
  }

  end(file: string): void {
    const { twoTimes, shifted, builder } = this;
    if (twoTimes > 0) {
      const message = `${twoTimes} readings of ${file} have two times that differ by more than a minute: the one in milliseconds was taken. Was a clock or a zone wrong?`;
      builder.notes.warn("two-times", message);
    }
    if (shifted > 0) {
      const message = `${shifted} readings of ${file} came to the site with a time four to eight hours back, and again with the time when they came: was a zone wrong? Both are there, for which is right cannot be told.`;
      builder.notes.warn("shifted-readings", message);
    }
  }

  private count(device: string, kept: string): void {
    const what =
      kept === device ? `reading that ${device} wrote twice` : `reading by ${device} that was kept from ${kept}`;
    this.builder.notes.skip(what);
  }

  private forget(fields: Fields): void {
    const timed = timedReading({ ...fields, isValid: true });
    if (timed === undefined) return;
    const { reading, instant } = timed;
    this.builder.deleted.add(entryOriginId(reading.kind, instant, String(readingMembers(reading)["type"]), 1));
  }
}
