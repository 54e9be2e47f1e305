import { type Fields, isFields } from "../formats/nightscout/document.ts";
import { isDeleted } from "../formats/nightscout/survey.ts";
import type { NotesInProgress } from "../notes.ts";
import { NightscoutError } from "./nightscout-error.ts";
import { type PageQuery, pagesOf } from "./pages-of.ts";
import type { Site } from "./site.ts";

/** What all questions to a site have in common. */
export type SiteQuery = Pick<PageQuery, "site" | "api" | "since" | "pageSize">;

/** More profiles than any site has. */
const mostProfiles = 100_000;

/** All profiles, whenever they began to hold: an old one may hold still. */
export const profilesOf = async ({ site, api, pageSize }: SiteQuery): Promise<ReadonlyArray<Fields>> => {
  if (api === "v1") {
    // Without a count it would be ten.
    return (await site.v1("profile.json", [["count", String(mostProfiles)]])).filter(isFields);
  }
  const all = new Map<unknown, Fields>();
  for (let skip = 0; ; skip += pageSize) {
    const page = await site.v3("profile", [
      ["limit", String(pageSize)],
      ["skip", String(skip)]
    ]);
    if (page.length === 0) return [...all.values()];
    for (const fields of page) if (isFields(fields)) all.set(fields["identifier"] ?? fields, fields);
  }
};

/** All treatments of a kind that are not deleted. */
export const treatmentsOf = async function* (kind: string, query: SiteQuery): AsyncGenerator<ReadonlyArray<Fields>> {
  const eventType = [query.api === "v1" ? "eventType" : "eventType$eq", kind] as const;
  for await (const page of pagesOf({
    ...query,
    collection: "treatments",
    field: "created_at",
    where: [eventType]
  })) {
    yield page.filter((fields) => fields["eventType"] === kind && !isDeleted(fields));
  }
};

const identityOf = (fields: Fields): unknown => fields["identifier"] ?? fields["_id"];

/**
 * All treatments: by `created_at`, as API v1 wrote them, and by `date`, which is all that some of API v3 have. A site
 * tells the latter to tokens only.
 */
export const allTreatments = async function* (
  query: SiteQuery,
  notes: NotesInProgress
): AsyncGenerator<ReadonlyArray<Fields>> {
  const seen = new Set<unknown>();
  const isSeen = (fields: Fields): boolean => seen.has(identityOf(fields)) || seen.has(fields["_id"] ?? fields);
  const collection = "treatments";
  for await (const page of pagesOf({ ...query, collection, field: "created_at" })) {
    for (const { _id: id, identifier } of query.site.hasToken ? page : []) {
      seen.add(id);
      seen.add(identifier);
    }
    yield page;
  }
  if (!query.site.hasToken) return;
  seen.delete(undefined);
  yield* tolerated(pagesOf({ ...query, api: "v3", collection, field: "date" }), notes, (page) =>
    page.filter((each) => !isSeen(each))
  );
};

/** What was deleted since then, though it is older: an extra, for API v3 does not notice what clients of v1 do. */
export const deletedSince = async function* (query: SiteQuery, notes: NotesInProgress): AsyncGenerator<Fields> {
  if (!query.site.hasToken) return;
  for (const collection of ["entries", "treatments"]) {
    const history = historyOf(query.site, collection, query.since, query.pageSize);
    for await (const page of tolerated(history, notes, (all) => all.filter(isDeleted))) yield* page;
  }
};

/** Changes since a moment. The site leaves out those of that moment itself: pages overlap by a millisecond. */
const historyOf = async function* (
  site: Site,
  collection: string,
  since: number,
  pageSize: number
): AsyncGenerator<ReadonlyArray<Fields>> {
  let from = Math.floor(since);
  let limit = pageSize;
  for (;;) {
    const page = (await site.v3(`${collection}/history/${from - 1}`, [["limit", String(limit)]])).filter(isFields);
    if (page.length > 0) yield page;
    const modified = page.map(({ srvModified }) => (typeof srvModified === "number" ? srvModified : 0));
    const latest = Math.max(from, ...modified);
    if (latest > from) from = latest;
    else if (page.length >= limit && limit < 1000) limit = 1000;
    else if (page.length >= limit) from++;
    else return;
  }
};

/** Pages of API v3 beside v1. A site that has it not, or not for this login, is none the worse for that. */
const tolerated = async function* (
  pages: AsyncIterable<ReadonlyArray<Fields>>,
  notes: NotesInProgress,
  choose: (page: ReadonlyArray<Fields>) => ReadonlyArray<Fields>
): AsyncGenerator<ReadonlyArray<Fields>> {
  try {
    for await (const page of pages) yield choose(page);
  } catch (error) {
    if (!(error instanceof NightscoutError) || !["not-nightscout", "forbidden"].includes(error.code)) throw error;
    notes.warn(
      "no-v3",
      "The site does not answer by API v3: treatments that have a date only, and old deletions, were not looked for."
    );
  }
};
