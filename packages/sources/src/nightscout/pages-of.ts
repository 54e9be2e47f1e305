import { type Fields, isFields } from "../formats/nightscout/document.ts";
import type { Site } from "./site.ts";

/** How a collection is asked for, from its newest document down. */
export interface PageQuery {
  readonly site: Site;
  readonly api: "v1" | "v3";
  readonly collection: "entries" | "treatments";
  /** The member that documents are found and ordered by. */
  readonly field: "date" | "created_at";
  /** Milliseconds since 1970, of the oldest that are wanted. */
  readonly since: number;
  /** Other conditions: `eventType`. */
  readonly where?: ReadonlyArray<readonly [string, string]>;
  /** Documents in an answer; 1000 is what API v3 gives at most. */
  readonly pageSize: number;
}

type Query = ReadonlyArray<readonly [string, string]>;

/** Texts of one moment differ (`…:00Z`, `…:00.000Z`), and the site compares them letter by letter. */
const slack = 1000;

const conditions = (
  { api, field, since, where = [], pageSize }: PageQuery,
  until: number | undefined,
  skip: number
): Query => {
  const valueOf = (instant: number) => (field === "date" ? String(instant) : new Date(instant).toISOString());
  const lower = valueOf(Math.max(0, since - slack));
  const upper = until === undefined ? [] : [valueOf(until + slack)];
  if (api === "v3") {
    return [
      [`${field}$gte`, lower],
      ...upper.map((value) => [`${field}$lte`, value] as const),
      ...where,
      ["sort$desc", field],
      ["limit", String(pageSize)],
      ["skip", String(skip)]
    ];
  }
  // Without a date the site would answer with the last four days only.
  return [
    [`find[${field}][$gte]`, lower],
    ...upper.map((value) => [`find[${field}][$lte]`, value] as const),
    ...where.map(([name, value]) => [`find[${name}]`, value] as const),
    // API v1 skips nothing: more documents of one moment than a page holds need a larger page.
    ["count", String(pageSize + skip)]
  ];
};

const identityOf = (fields: Fields): string => {
  const id = fields["_id"] ?? fields["identifier"];
  return typeof id === "string" ? id : JSON.stringify(fields);
};

const momentOf = (fields: Fields, field: PageQuery["field"]): number | undefined => {
  const value = fields[field];
  const instant = typeof value === "string" ? Date.parse(value) : value;
  return typeof instant === "number" && Number.isFinite(instant) ? Math.floor(instant) : undefined;
};

/**
 * All documents of a collection from the newest down to a moment, in pages that overlap, until one brings nothing new: never
 * by how many there should be. Each document comes once.
 */
export const pagesOf = async function* (query: PageQuery): AsyncGenerator<ReadonlyArray<Fields>> {
  const { site, api, collection, field, pageSize } = query;
  let until: number | undefined;
  let skip = 0;
  /** What can come again: the page before, and all of those that were skipped to. */
  let before = new Set<string>();
  for (;;) {
    const parameters = conditions(query, until, skip);
    const answer =
      api === "v1" ? await site.v1(`${collection}.json`, parameters) : await site.v3(collection, parameters);
    const all = answer.filter(isFields);
    const fresh = all.filter((fields) => !before.has(identityOf(fields)));
    if (fresh.length > 0) yield fresh;
    const identities = all.map(identityOf);
    const oldest = Math.min(...fresh.map((fields) => momentOf(fields, field) ?? Number.POSITIVE_INFINITY));
    if (Number.isFinite(oldest) && (until === undefined || oldest < until)) {
      until = oldest;
      skip = 0;
      before = new Set(identities);
    } else if (fresh.length > 0 || (skip === 0 && all.length > 0)) {
      // Perhaps a page holds less than one moment does: go on behind what is known of it.
      skip += pageSize;
      before = new Set([...before, ...identities]);
    } else return;
  }
};
