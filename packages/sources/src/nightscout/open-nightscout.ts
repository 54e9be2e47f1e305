import type { Entry } from "../entry.ts";
import { collectionOf, type Fields, isFields, type NightscoutDocument } from "../formats/nightscout/document.ts";
import { Mapping } from "../formats/nightscout/mapping.ts";
import { entryInstant, treatmentInstant } from "../formats/nightscout/moment.ts";
import { Survey } from "../formats/nightscout/survey.ts";
import { InvalidOption } from "../invalid-option.ts";
import { AnswersNeeded } from "../need.ts";
import { type Notes, NotesInProgress } from "../notes.ts";
import { checkReadOptions, type ReadOptions } from "../read-options.ts";
import { allTreatments, deletedSince, profilesOf, treatmentsOf } from "./collections.ts";
import { HeldSince } from "./held-window.ts";
import { type HeldWindows, mirrorWindows, type SiteWindow } from "./mirror-windows.ts";
import { pagesOf } from "./pages-of.ts";
import { type NightscoutFetch, type NightscoutLogin, Site } from "./site.ts";
import { wholeMoments } from "./whole-moments.ts";

/** How to read a site. */
export interface OpenNightscoutOptions extends NightscoutLogin, Pick<ReadOptions, "timezone" | "travel"> {
  /** The address of its first page. A token that stands in it is taken out. */
  readonly url: string | URL;
  /** `fetch` itself, or an instance of ky: then requests are tried again as that is set up. */
  readonly fetch: NightscoutFetch;
  /** The present moment, in milliseconds since 1970. */
  readonly now: number;
  /** Up to when the site was read before, in milliseconds since 1970. Default: all that it holds is read. */
  readonly since?: number;
  /** How much before `since` is read again, for what came late, was changed or deleted. Milliseconds. Default: 3 days. */
  readonly overlap?: number;
  /** Default: v1, which finds what any app wrote. v3 needs a token. */
  readonly api?: "v1" | "v3";
  /** Documents in an answer, 1 to 1000. Default: 1000. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

/** A site that was opened. */
export interface NightscoutSource {
  /**
   * The datums and problems, for `client.upload` of `@tideway/core`: the site is read anew each time it is asked for.
   *
   * Throws {@link NightscoutError}, and {@link AnswersNeeded} where a profile names no time zone and none was given.
   */
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
  readonly notes: Notes;
  /**
   * What the site still holds of what was read; complete once all pages were read. A mirror must delete nothing outside of it:
   * sites delete old documents by themselves, and `undefined` means that there was none.
   */
  readonly held: HeldWindows;
  /** The same by types of datum, for the option `mirror` of `client.upload`, which asks once all pages were read. */
  readonly mirrorWindows: () => ReadonlyArray<SiteWindow>;
  /** Origin ids of what was deleted on the site, as far as it tells: for `client.remove`. Complete once all pages were read. */
  readonly deleted: ReadonlySet<string>;
}

const day = 86_400_000;

/** What is read here of a datum that treatments told. */
interface TreatmentDatum {
  readonly type: string;
  readonly time: string;
  readonly origin: { readonly id: string };
}

const checkOptions = ({
  now,
  since,
  overlap = 0,
  pageSize = 1000,
  api,
  token,
  secret,
  url,
  ...options
}: OpenNightscoutOptions): void => {
  checkReadOptions({ ...options, now });
  if (since !== undefined && !Number.isFinite(since))
    throw new InvalidOption("since", "must be milliseconds since 1970.");
  if (!(overlap >= 0)) throw new InvalidOption("overlap", "must be 0 or more milliseconds.");
  if (!(Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= 1000)) {
    throw new InvalidOption("pageSize", "must be a whole number from 1 to 1000.");
  }
  if (token !== undefined && secret !== undefined) throw new InvalidOption("secret", "cannot be given beside a token.");
  if (api === "v3" && token === undefined && !/[?&]token=/u.test(String(url))) {
    throw new InvalidOption("api", "v3 needs a token: the API_SECRET opens v1 only.");
  }
};

/**
 * Opens a Nightscout site, to read what it holds of readings, treatments and profiles. Nothing is asked before its pages are.
 *
 * @throws {InvalidOption} an option that cannot be meant.
 */
export const openNightscout = (options: OpenNightscoutOptions): NightscoutSource => {
  checkOptions(options);
  const { url, token, secret, fetch, now, since, overlap = 3 * day, api = "v1", pageSize = 1000, signal } = options;
  const login = { ...(token === undefined ? {} : { token }), ...(secret === undefined ? {} : { secret }) };
  const notes = new NotesInProgress();
  const deleted = new Set<string>();
  const first = since === undefined ? 0 : Math.max(0, since - overlap);
  let held = { entries: new HeldSince(), treatments: new HeldSince(), basals: new HeldSince() };

  const read = async function* (): AsyncGenerator<ReadonlyArray<Entry>> {
    const site = new Site(url, login, fetch, signal);
    const query = { site, api, pageSize, since: first };
    notes.clearCounts();
    deleted.clear();
    held = { entries: new HeldSince(), treatments: new HeldSince(), basals: new HeldSince() };
    let count = 0;
    const documentsOf = (collection: string, all: ReadonlyArray<Fields>): ReadonlyArray<NightscoutDocument> =>
      all.map((fields) => ({ collection: collectionOf(fields), fields, at: `document ${++count} of ${collection}` }));

    const base = new Survey(options);
    const profiles = documentsOf("profile", await profilesOf(query));
    for (const profile of profiles) base.add(profile);
    // A switch from long before may hold still.
    for await (const page of treatmentsOf("Profile Switch", { ...query, since: 0 })) {
      for (const fields of page) addSwitch(base, fields);
    }
    // What is an equivalent is told by others of its kind, hours apart and perhaps pages.
    for await (const page of treatmentsOf("Carb Correction", { ...query, since: Math.max(0, first - day) })) {
      for (const fields of page) base.equivalents.add(fields, treatmentInstant(fields) ?? 0);
    }
    base.settle();
    if (base.profiles.withoutZone > 0) {
      const message =
        "A profile of the site does not say the time zone of its schedules. Say which zone the pump's clock was set to, such as Europe/Berlin.";
      throw new AnswersNeeded([{ kind: "timezone", files: ["the site"], message, examples: [] }]);
    }

    /** Ids of treatments that are there: a document that was deleted may have been a copy of one. */
    const told = new Set<string>();
    const note = (entries: ReadonlyArray<Entry>): void => {
      for (const entry of entries) {
        if (!("datum" in entry)) continue;
        const { type, time, origin } = entry.datum as TreatmentDatum;
        told.add(origin.id);
        if (type === "basal") held.basals.add(Date.parse(time));
      }
    };
    const mapping = new Mapping(base, options, notes);
    const inWhole = async function* (
      collection: "entries" | "treatments",
      pages: AsyncIterable<ReadonlyArray<Fields>>
    ): AsyncGenerator<ReadonlyArray<Entry>> {
      const instantOf = collection === "entries" ? entryInstant : treatmentInstant;
      for await (const part of wholeMoments(pages, instantOf)) {
        const survey = new Survey(options, base);
        const documents = documentsOf(collection, part);
        for (const document of documents) {
          survey.add(document);
          const instant = instantOf(document.fields);
          if (instant !== undefined) held[collection].add(instant);
        }
        survey.settle();
        mapping.goOnWith(survey);
        const entries = [...documents.flatMap((each) => mapping.entriesOf(each)), ...mapping.settle()];
        if (collection === "treatments") note(entries);
        if (entries.length > 0) yield entries;
      }
    };

    yield profiles.flatMap((profile) => mapping.entriesOf(profile));
    yield* inWhole("entries", pagesOf({ ...query, collection: "entries", field: "date" }));
    // What began before tells which basal ran at the start: so much more is read, and stays outside of the window.
    yield* inWhole("treatments", allTreatments({ ...query, since: Math.max(0, first - day) }, notes));
    const last = [...mapping.end("the site")];
    note(last);
    yield last;
    const addDeleted = (ids: ReadonlySet<string>): void => {
      for (const id of ids) if (!told.has(id)) deleted.add(id);
    };
    addDeleted(mapping.deleted);
    if (since !== undefined) {
      for await (const fields of deletedSince({ ...query, since }, notes)) {
        addDeleted(idsOfDeleted(fields, options));
      }
    }
  };

  const heldWindows = () => {
    const treatments = held.treatments.window(first, now);
    return {
      entries: held.entries.window(first, now),
      treatments,
      basals: treatments && held.basals.window(treatments.from, now)
    };
  };
  return {
    pages: { [Symbol.asyncIterator]: read },
    notes,
    deleted,
    mirrorWindows: () => mirrorWindows(heldWindows()),
    get held() {
      return heldWindows();
    }
  };
};

const addSwitch = (survey: Survey, fields: Fields): void => {
  const from = treatmentInstant(fields);
  if (from !== undefined && isFields(fields)) survey.profiles.addSwitch(fields, from);
};

/** The origin ids of a deleted document, as if it stood alone. */
const idsOfDeleted = (fields: Fields, options: ReadOptions): ReadonlySet<string> => {
  const survey = new Survey(options);
  const document = { collection: collectionOf(fields), fields, at: "a deleted document" };
  survey.add(document);
  survey.settle();
  const mapping = new Mapping(survey, options, new NotesInProgress());
  mapping.entriesOf(document);
  return mapping.deleted;
};
