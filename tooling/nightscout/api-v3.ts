import type { Answer } from "./api-v1.ts";
import type { Document } from "./documents.ts";

const mostDocuments = 1000;
const reserved = new Set(["sort", "sort$desc", "limit", "skip", "fields", "now", "token"]);

/** API v3 shows an `identifier` in place of `_id`. */
const shown = ({ _id: id, ...rest }: Document): Document => ({ identifier: id, ...rest });

const limitIn = (query: URLSearchParams): number | undefined => {
  const limit = Number(query.get("limit") ?? mostDocuments);
  return limit > 0 && limit <= mostDocuments ? Math.trunc(limit) : undefined;
};

const badLimit: Answer = { status: 400, body: { status: 400, message: "Parameter limit out of tolerance" } };
const result = (documents: ReadonlyArray<Document>): Answer => ({
  status: 200,
  body: { status: 200, result: documents.map(shown) }
});

const fits = (document: Document, name: string, text: string): boolean => {
  const [, member = name, operator = "eq"] = /^(.*)\$([a-z]+)$/u.exec(name) ?? [];
  const bound = /^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : text;
  const value = document[member];
  if (typeof value !== typeof bound) return false;
  const [one, other] = [value as string, bound as string];
  if (operator === "gte") return one >= other;
  if (operator === "gt") return one > other;
  if (operator === "lte") return one <= other;
  return operator === "lt" ? one < other : one === other;
};

/** A search: at most 1,000 documents, deleted ones left out. */
export const searchV3 = (documents: ReadonlyArray<Document>, query: URLSearchParams): Answer => {
  const limit = limitIn(query);
  if (limit === undefined) return badLimit;
  const conditions = [...query].filter(([name]) => !reserved.has(name));
  const found = documents.filter(
    (document) => document["isValid"] !== false && conditions.every(([name, text]) => fits(document, name, text))
  );
  const field = query.get("sort$desc") ?? query.get("sort");
  const sign = query.has("sort$desc") ? -1 : 1;
  const sorted =
    field === null ? found : found.toSorted((a, b) => ((a[field] as string) < (b[field] as string) ? -sign : sign));
  const skip = Number(query.get("skip") ?? 0);
  return result(sorted.slice(skip, skip + limit));
};

/** Changes after a moment, deletions included: of that moment itself there are none, nor of clients of API v1. */
export const historyV3 = (documents: ReadonlyArray<Document>, after: number, query: URLSearchParams): Answer => {
  const limit = limitIn(query);
  if (limit === undefined) return badLimit;
  const modified = (document: Document) => (document["srvModified"] as number | undefined) ?? Number.NEGATIVE_INFINITY;
  const found = documents
    .filter((document) => modified(document) > after)
    .toSorted((a, b) => modified(a) - modified(b));
  return result(found.slice(0, limit));
};
