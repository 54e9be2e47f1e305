import type { Entry } from "../../entry.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import { refusedFault } from "../../refused-fault.ts";
import { PlausibleTimes } from "../../values/plausible-times.ts";
import { Basals } from "./basals.ts";
import { deviceName } from "./device-name.ts";
import { type Fields, type NightscoutDocument, numberIn } from "./document.ts";
import { MemberClock } from "./member-clock.ts";
import { meterCheckOf } from "./meter-check.ts";
import { entryInstant, instantIn, treatmentInstant } from "./moment.ts";
import { contentOf, entryOriginId, treatmentKey, treatmentOriginId } from "./origin-id.ts";
import { Overrides } from "./overrides.ts";
import { pumpSettingsOf, settingsInstant } from "./pump-settings.ts";
import { readingMembers, readingOf } from "./reading-datum.ts";
import { SessionStarts } from "./session-starts.ts";
import { isDeleted, type Survey, timedReading } from "./survey.ts";
import { originIdsOf, treatmentOf } from "./treatment.ts";

type Members = Readonly<Record<string, unknown>>;

const minute = 60_000;

const problem = (at: string, outcome: "rejected" | "skipped", code: string, message: string): Entry => ({
  problem: { outcome, code, message },
  at
});
const deleted = (at: string): Entry =>
  problem(at, "skipped", "deleted", "It was deleted on the site, which only marks what is deleted.");
const repeated = (at: string): Entry =>
  problem(at, "skipped", "repeated-document", "The same is there in another document.");

/** Tells documents as datums, one by one; what needs its neighbours (basals, overrides) at the end. */
export class Mapping {
  private readonly notes: NotesInProgress;
  private readonly times: PlausibleTimes;
  private readonly now: number | undefined;
  private readonly clock: MemberClock;
  private survey: Survey;
  private readonly basals = new Basals();
  private readonly overrides = new Overrides();
  private readonly starts = new SessionStarts();
  private counted = { sgv: 0, mbg: 0, calibration: 0 };
  private number = 0;
  private twoTimes = 0;
  private readonly seen = new Set<string>();
  private readonly profiles = new Set<string>();
  /** Origin ids that deleted documents had, in so far as no other document has them. */
  readonly deleted = new Set<string>();
  private readonly versions = new Map<string, Array<NightscoutDocument>>();

  constructor(survey: Survey, options: ReadOptions, notes: NotesInProgress) {
    this.notes = notes;
    this.survey = survey;
    this.times = new PlausibleTimes(options.now ?? Date.UTC(2100, 0, 1));
    this.now = options.now;
    this.clock = new MemberClock(options, survey.profiles);
  }

  /** Goes on with the documents of another survey, which has the same profiles. */
  *goOnWith(survey: Survey): Generator<Entry> {
    yield* this.settleVersions();
    this.seen.clear();
    this.survey = survey;
    this.counted = { sgv: 0, mbg: 0, calibration: 0 };
  }

  /** The datums and problems of the next document. */
  entriesOf(document: NightscoutDocument): ReadonlyArray<Entry> {
    this.number++;
    const { collection, fields, at } = document;
    if (collection === "entries") return this.ofEntry(fields, at);
    if (collection === "treatments") return this.ofTreatment(document);
    if (collection === "profile") return this.ofProfile(fields, at);
    this.notes.skip(collection === "devicestatus" ? "device status" : "document of an unknown kind");
    return [];
  }

  /** What could be told only once all was seen. `file`: what it is of, for people. */
  *end(file: string): Generator<Entry> {
    yield* this.settleVersions();
    const at = `the documents of ${file}`;
    for (const datum of this.overrides.datums(this.clock)) yield this.checked(datum, at);
    for (const datum of this.basals.timeline(this.survey.profiles, this.clock, this.now)) yield this.checked(datum, at);
    this.tell(file);
  }

  private tell(file: string): void {
    const { notes, basals, starts, twoTimes } = this;
    const { sessions, repeated: again } = starts.count();
    if (sessions > 0) notes.skip("Sensor Start", sessions);
    if (again > 0) notes.skip("Sensor Start that is there already", again);
    if (basals.withoutRate > 0)
      notes.skip("temporary basal in percent without a known scheduled rate", basals.withoutRate);
    if (basals.gaps > 0) {
      const message = `The scheduled basal of ${basals.gaps} times between temporary basals of ${file} is not known: no profile covers them, or nothing was written for days.`;
      notes.warn("unknown-basal", message);
    }
    if (twoTimes > 0) {
      const message = `${twoTimes} readings of ${file} have two times that differ by more than a minute: the one in milliseconds was taken. Was a clock or a zone wrong?`;
      notes.warn("two-times", message);
    }
    this.times.tell(notes, file);
  }

  private checked(datum: Members, at: string): Entry {
    const fault = refusedFault(datum);
    const { id } = datum["origin"] as { readonly id: string };
    if (!fault) this.deleted.delete(id);
    return fault ? problem(at, "rejected", fault.code, fault.message) : { datum, at };
  }

  private datum(members: Members, instant: number, id: string, device: string | undefined, at: string): Entry {
    if (device !== undefined) this.notes.addDevice({ id: device });
    const deviceId = device === undefined ? {} : { deviceId: device };
    const origin = { id, name: "nightscout", type: "service" };
    return this.checked({ ...members, ...this.clock.members(instant), ...deviceId, origin }, at);
  }

  /** Why a record of that time is none; `undefined` where it is one. */
  private timeProblem(instant: number | undefined, at: string): Entry | undefined {
    if (instant === undefined) {
      const message = "The document has no time that can be read: milliseconds, or date, time and offset.";
      return problem(at, "rejected", "no-time", message);
    }
    if (this.times.accepts(instant, this.number)) return undefined;
    const message = "The document is dated more than a day ahead of now: a clock was wrong.";
    return problem(at, "rejected", "in-the-future", message);
  }

  private ofEntry(fields: Fields, at: string): ReadonlyArray<Entry> {
    const timed = timedReading(fields);
    const fate = timed && this.survey.readings[timed.reading.kind].fateOf(this.counted[timed.reading.kind]++);
    if (isDeleted(fields)) {
      this.forgetEntry(fields);
      return [deleted(at)];
    }
    const reading = timed?.reading ?? readingOf(fields, deviceName(fields["device"]));
    if ("notMapped" in reading) {
      this.notes.skip(reading.notMapped);
      return [];
    }
    const instant = entryInstant(fields);
    const late = this.timeProblem(instant, at);
    if (late) return [late];
    if ("fault" in reading) return [problem(at, "rejected", "implausible-glucose", reading.fault)];
    if (!timed || !fate || instant === undefined) return [];
    const device = timed.device;
    if ("insteadOf" in fate) {
      const from = device ?? "an unnamed uploader";
      this.notes.skip(
        fate.insteadOf === from
          ? `reading that ${from} wrote twice`
          : `reading by ${from} that was kept from ${fate.insteadOf}`
      );
      return [];
    }
    const text = instantIn(fields["dateString"]);
    if (text !== undefined && Math.abs(text - instant) > minute) this.twoTimes++;
    const members = readingMembers(timed.reading);
    const id = entryOriginId(reading.kind, instant, String(members["type"]), fate.occurrence);
    return [this.datum(members, instant, id, device, at)];
  }

  private forgetEntry(fields: Fields): void {
    const timed = timedReading({ ...fields, isValid: true });
    if (timed === undefined) return;
    const { reading, instant } = timed;
    this.deleted.add(entryOriginId(reading.kind, instant, String(readingMembers(reading)["type"]), 1));
  }

  private ofTreatment(document: NightscoutDocument): ReadonlyArray<Entry> {
    const { fields, at } = document;
    const instant = treatmentInstant(fields);
    if (instant === undefined) return [this.timeProblem(instant, at)!];
    const key = treatmentKey(fields, instant);
    const repetition = this.survey.repeated.of(key);
    if (repetition === "different") {
      const versions = this.versions.get(key);
      if (versions) versions.push(document);
      else this.versions.set(key, [document]);
      return [];
    }
    if (repetition === "same") {
      if (this.seen.has(key)) return [repeated(at)];
      this.seen.add(key);
    }
    return this.told(document, instant, key);
  }

  /** Of several documents of one treatment, the one that was written last, in an order that is not the file's. */
  *settleVersions(): Generator<Entry> {
    for (const [key, documents] of this.versions) {
      const ranked = documents
        .map((document) => {
          const { fields } = document;
          const modified = instantIn(fields["srvModified"]) ?? 0;
          return { document, modified, isGone: isDeleted(fields) ? 1 : 0, content: contentOf(fields) };
        })
        .sort((a, b) => b.modified - a.modified || b.isGone - a.isGone || (a.content < b.content ? 1 : -1));
      const [latest, ...others] = ranked;
      const instant = treatmentInstant(latest!.document.fields)!;
      yield* this.told(latest!.document, instant, key);
      for (const { document } of others) yield repeated(document.at);
    }
    this.versions.clear();
  }

  private told({ fields, at }: NightscoutDocument, instant: number, key: string): ReadonlyArray<Entry> {
    if (isDeleted(fields)) {
      for (const id of originIdsOf(fields, instant, key)) this.deleted.add(id);
      return [deleted(at)];
    }
    const late = this.timeProblem(instant, at);
    if (late) return [late];
    if (fields["eventType"] === "Sensor Start") {
      this.starts.add(instant);
      return [];
    }
    const device = deviceName(fields["enteredBy"]);
    const { datums, basal, override, notMapped, fault } = treatmentOf(fields, instant, key);
    this.basals.touch(instant);
    if (basal) this.basals.add(basal);
    if (override) this.overrides.add(override);
    const entries = datums.map(({ part, members }) =>
      this.datum(members, instant, treatmentOriginId(key, part), device, at)
    );
    if (fault !== undefined) entries.push(problem(at, "rejected", "implausible-treatment", fault));
    const isCheck = this.addMeterCheck(fields, instant, key, device, at, entries);
    if (notMapped !== undefined && !isCheck) this.notes.skip(notMapped);
    return entries;
  }

  /** Whether the treatment was a check with a meter: then it is mapped, or known from an entry. */
  private addMeterCheck(
    fields: Fields,
    instant: number,
    key: string,
    device: string | undefined,
    at: string,
    entries: Array<Entry>
  ): boolean {
    const check = meterCheckOf(fields);
    if (check === undefined) return false;
    if ("notMapped" in check) {
      this.notes.skip(check.notMapped);
      return numberIn(fields["insulin"]) === undefined;
    }
    if (this.survey.meterEntries.has(instant, check)) {
      this.notes.skip("check with a meter that is there as an entry");
      return true;
    }
    const { units, value, isAssumed } = check;
    if (isAssumed) {
      const message = "Checks with a meter without units were taken as mmol/L below 33.3, and as mg/dL from there on.";
      this.notes.assume("glucose-units", message);
    }
    const isCalibration = String(fields["eventType"]).endsWith("Calibration");
    const members = isCalibration
      ? { type: "deviceEvent", subType: "calibration", units, value }
      : { type: "smbg", subType: "manual", units, value };
    const id = treatmentOriginId(key, isCalibration ? "calibration" : "smbg");
    entries.push(this.datum(members, instant, id, device, at));
    return true;
  }

  private ofProfile(fields: Fields, at: string): ReadonlyArray<Entry> {
    if (isDeleted(fields)) return [deleted(at)];
    const instant = settingsInstant(fields);
    const late = this.timeProblem(instant, at);
    if (late || instant === undefined) return late ? [late] : [];
    const members = pumpSettingsOf(fields, (what) => this.notes.skip(what));
    const key = treatmentKey({ ...fields, eventType: "profile" }, instant);
    if (this.profiles.has(key)) return [repeated(at)];
    this.profiles.add(key);
    const id = treatmentOriginId(key, "pumpSettings");
    return [this.datum(members, instant, id, deviceName(fields["enteredBy"]), at)];
  }
}
