import type { Entry } from "../../entry.ts";
import { Basals } from "./basals.ts";
import { deviceName } from "./device-name.ts";
import { type Fields, type NightscoutDocument, numberIn } from "./document.ts";
import { deletedProblem, problem, repeatedProblem, type EntryBuilder } from "./entry-builder.ts";
import { meterCheckOf } from "./meter-check.ts";
import { instantIn, treatmentInstant } from "./moment.ts";
import { contentOf, treatmentKey, treatmentOriginId } from "./origin-id.ts";
import { Overrides } from "./overrides.ts";
import { SessionStarts } from "./session-starts.ts";
import { isDeleted, type Survey } from "./survey.ts";
import { originIdsOf, treatmentOf } from "./treatment.ts";

/** What tells a treatment, once it is clear which of its documents counts. */
interface Known {
  readonly fields: Fields;
  readonly at: string;
  readonly instant: number;
  readonly key: string;
}

/** Tells treatments as datums; what needs its neighbours (basals, overrides) at the end. */
export class TreatmentMapping {
  private readonly builder: EntryBuilder;
  private survey: Survey;
  private readonly basals = new Basals();
  private readonly overrides = new Overrides();
  private readonly starts = new SessionStarts();
  private readonly seen = new Set<string>();
  private readonly versions = new Map<string, Array<NightscoutDocument>>();

  constructor(survey: Survey, builder: EntryBuilder) {
    this.survey = survey;
    this.builder = builder;
  }

  goOnWith(survey: Survey): void {
    this.survey = survey;
    this.seen.clear();
  }

  entriesOf(document: NightscoutDocument): ReadonlyArray<Entry> {
    const { fields, at } = document;
    const instant = treatmentInstant(fields);
    if (instant === undefined) return [this.builder.timeProblem(instant, at)!];
    if (!isDeleted(fields) && this.survey.equivalents.has(fields)) {
      this.builder.notes.skip("carbohydrate equivalent of fat and protein");
      return [];
    }
    const key = treatmentKey(fields, instant);
    const repetition = this.survey.repeated.of(key);
    if (repetition === "different") {
      const versions = this.versions.get(key);
      if (versions) versions.push(document);
      else this.versions.set(key, [document]);
      return [];
    }
    if (repetition === "same") {
      if (this.seen.has(key)) return [repeatedProblem(at)];
      this.seen.add(key);
    }
    return this.told({ fields, at, instant, key });
  }

  /** Of several documents of one treatment, the one that was written last, in an order that is not the file's. */
  *settleVersions(): Generator<Entry> {
    for (const [key, documents] of this.versions) {
      const ranked = documents
        .map(({ fields, at }) => {
          const modified = instantIn(fields["srvModified"]) ?? 0;
          return { fields, at, modified, isGone: isDeleted(fields) ? 1 : 0, content: contentOf(fields) };
        })
        .sort((a, b) => b.modified - a.modified || b.isGone - a.isGone || (a.content < b.content ? 1 : -1));
      const [latest, ...others] = ranked;
      const { fields, at } = latest!;
      yield* this.told({ fields, at, instant: treatmentInstant(fields)!, key });
      for (const other of others) yield repeatedProblem(other.at);
    }
    this.versions.clear();
  }

  /** The datums of what lasts. */
  *end(file: string): Generator<Entry> {
    const { builder, basals, overrides } = this;
    const at = `the documents of ${file}`;
    for (const datum of overrides.datums(builder.clock)) yield builder.checked(datum, at);
    for (const datum of basals.timeline(this.survey.profiles, builder.clock, builder.now)) {
      yield builder.checked(datum, at);
    }
    this.tell(file);
  }

  private tell(file: string): void {
    const { basals, starts } = this;
    const { notes } = this.builder;
    const { sessions, repeated } = starts.count();
    if (sessions > 0) notes.skip("Sensor Start", sessions);
    if (repeated > 0) notes.skip("Sensor Start that is there already", repeated);
    if (basals.withoutRate.size > 0) {
      notes.skip("temporary basal in percent without a known scheduled rate", basals.withoutRate.size);
    }
    if (basals.replaced > 0) notes.skip("temporary basal that another one replaces at once", basals.replaced);
    if (basals.gaps > 0) {
      const message = `The scheduled basal of ${basals.gaps} times between temporary basals of ${file} is not known: no profile covers them, or nothing was written for days.`;
      notes.warn("unknown-basal", message);
    }
  }

  private told(known: Known): ReadonlyArray<Entry> {
    const { fields, at, instant, key } = known;
    const { builder } = this;
    if (isDeleted(fields)) {
      for (const id of originIdsOf(fields, instant, key)) builder.deleted.add(id);
      return [deletedProblem(at)];
    }
    const late = builder.timeProblem(instant, at);
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
    this.note(fields);
    const entries = datums.map(({ part, members }) =>
      builder.datum(members, instant, treatmentOriginId(key, part), device, at)
    );
    if (fault !== undefined) entries.push(problem(at, "rejected", "implausible-treatment", fault));
    const check = this.meterCheck(known);
    if (check.datum) entries.push(check.datum);
    if (notMapped !== undefined && !check.isOne) builder.notes.skip(notMapped);
    return entries;
  }

  /** What a treatment holds that is not told as a datum, or is told although it may be something else. */
  private note({ eventType, enteredBy, boluscalc, bolusCalculatorResult, wizard }: Fields): void {
    const { notes } = this.builder;
    if (boluscalc || bolusCalculatorResult || wizard) notes.skip("what a bolus calculator was asked and answered");
    if (eventType === "Exercise" && /trio|iaps/iu.test(String(enteredBy))) {
      const message = "Exercise was taken for physical activity, although Trio and iAPS write their overrides so.";
      notes.assume("exercise", message);
    }
  }

  /** Whether a treatment was a check with a meter: then it is told, or known from an entry. */
  private meterCheck({ fields, at, instant, key }: Known): { readonly isOne: boolean; readonly datum?: Entry } {
    const check = meterCheckOf(fields);
    const { notes } = this.builder;
    if (check === undefined) return { isOne: false };
    if ("notMapped" in check) {
      notes.skip(check.notMapped);
      return { isOne: numberIn(fields["insulin"]) === undefined };
    }
    if (this.survey.meterEntries.has(instant, check)) {
      notes.skip("check with a meter that is there as an entry");
      return { isOne: true };
    }
    const { units, value, isAssumed } = check;
    if (isAssumed) {
      const message = "Checks with a meter without units were taken as mmol/L below 33.3, and as mg/dL from there on.";
      notes.assume("glucose-units", message);
    }
    const isCalibration = String(fields["eventType"]).endsWith("Calibration");
    const members = isCalibration
      ? { type: "deviceEvent", subType: "calibration", units, value }
      : { type: "smbg", subType: "manual", units, value };
    const id = treatmentOriginId(key, isCalibration ? "calibration" : "smbg");
    return { isOne: true, datum: this.builder.datum(members, instant, id, deviceName(fields["enteredBy"]), at) };
  }
}
