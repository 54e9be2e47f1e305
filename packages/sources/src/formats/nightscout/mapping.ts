import type { Entry } from "../../entry.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import { deviceName } from "./device-name.ts";
import type { Fields, NightscoutDocument } from "./document.ts";
import { deletedProblem, repeatedProblem, EntryBuilder } from "./entry-builder.ts";
import { EntryMapping } from "./entry-mapping.ts";
import { treatmentKey, treatmentOriginId } from "./origin-id.ts";
import { pumpSettingsOf, settingsInstant } from "./pump-settings.ts";
import { isDeleted, type Survey } from "./survey.ts";
import { TreatmentMapping } from "./treatment-mapping.ts";

/** Tells documents as datums, one by one, after all of them were surveyed. */
export class Mapping {
  private readonly builder: EntryBuilder;
  private readonly entries: EntryMapping;
  private readonly treatments: TreatmentMapping;
  private readonly profiles = new Set<string>();

  constructor(survey: Survey, options: ReadOptions, notes: NotesInProgress) {
    this.builder = new EntryBuilder(survey.profiles, options, notes);
    this.entries = new EntryMapping(survey, this.builder);
    this.treatments = new TreatmentMapping(survey, this.builder);
  }

  /** Origin ids that deleted documents had, in so far as no other document has them. */
  get deleted(): ReadonlySet<string> {
    return this.builder.deleted;
  }

  /** Goes on with the documents of another survey, which has the same profiles. */
  goOnWith(survey: Survey): void {
    this.entries.goOnWith(survey);
    this.treatments.goOnWith(survey);
  }

  /** The datums and problems of the next document. */
  entriesOf(document: NightscoutDocument): ReadonlyArray<Entry> {
    const { collection, fields, at } = document;
    if (collection === "entries") return this.entries.entriesOf(fields, at);
    if (collection === "treatments") return this.treatments.entriesOf(document);
    if (collection === "profile") return this.ofProfile(fields, at);
    this.builder.notes.skip(collection === "devicestatus" ? "device status" : "document of an unknown kind");
    return [];
  }

  /** What could be told only once all documents of a survey were seen. */
  settle(): Iterable<Entry> {
    return this.treatments.settleVersions();
  }

  /** What could be told only once all was seen. `file`: what it is of, for people. */
  *end(file: string): Generator<Entry> {
    yield* this.settle();
    yield* this.treatments.end(file);
    this.entries.end(file);
    this.builder.end(file);
  }

  private ofProfile(fields: Fields, at: string): ReadonlyArray<Entry> {
    if (isDeleted(fields)) return [deletedProblem(at)];
    const { builder } = this;
    const instant = settingsInstant(fields);
    const late = builder.timeProblem(instant, at);
    if (late || instant === undefined) return late ? [late] : [];
    const key = treatmentKey({ ...fields, eventType: "profile" }, instant);
    if (this.profiles.has(key)) return [repeatedProblem(at)];
    this.profiles.add(key);
    const members = pumpSettingsOf(fields, (what) => builder.notes.skip(what));
    const id = treatmentOriginId(key, "pumpSettings");
    return [builder.datum(members, instant, id, deviceName(fields["enteredBy"]), at)];
  }
}
