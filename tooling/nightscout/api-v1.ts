import type { Document } from "./documents.ts";

/** An answer of the fake site. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const fourDays = 4 * 86_400_000;

type Conditions = Map<string, Map<string, string>>;

/** `find[date][$gte]=1` as conditions by member. */
const conditionsIn = (query: URLSearchParams): Conditions => {
  const conditions: Conditions = new Map();
  for (const [name, value] of query) {
    const [, member, operator = "$eq"] = /^find\[(\w+)\](?:\[(\$\w+)\])?$/u.exec(name) ?? [];
    if (member === undefined) continue;
    const known = conditions.get(member) ?? new Map<string, string>();
    conditions.set(member, known.set(operator, value));
  }
  return conditions;
};

const compare = (value: unknown, operator: string, bound: string | number): boolean => {
  // As MongoDB: numbers and texts are never compared with each other.
  if (typeof value !== typeof bound) return false;
  const one = value as string;
  const other = bound as string;
  switch (operator) {
    case "$gte":
      return one >= other;
    case "$gt":
      return one > other;
    case "$lte":
      return one <= other;
    case "$lt":
      return one < other;
    default:
      return one === other;
  }
};

/**
 * A query of API v1: ten documents without a count (treatments: 100, or 1,000 with a condition), the last four days without
 * one on the date, newest first, deleted ones included.
 */
export const answerV1 = (
  collection: "entries" | "treatments" | "profile",
  documents: ReadonlyArray<Document>,
  query: URLSearchParams,
  now: number
): Answer => {
  const given = query.get("count");
  const conditions = conditionsIn(query);
  if (collection === "profile") {
    const sorted = documents.toSorted((a, b) => (String(a["startDate"]) < String(b["startDate"]) ? 1 : -1));
    return { status: 200, body: sorted.slice(0, Number(given ?? 10)) };
  }
  const field = collection === "entries" ? "date" : "created_at";
  const onDate = conditions.get(field);
  if (onDate === undefined && !conditions.has("dateString")) {
    const from = now - fourDays;
    conditions.set(field, new Map([["$gte", field === "date" ? String(from) : new Date(from).toISOString()]]));
  } else if (onDate && field === "created_at") {
    for (const [operator, text] of onDate) {
      // A plus that was not encoded arrives as a space.
      const instant = Date.parse(text.replace(" ", "+"));
      if (Number.isNaN(instant)) return { status: 500, body: { message: "Cannot parse as a valid ISO-8601 date" } };
      onDate.set(operator, new Date(instant).toISOString());
    }
  }
  const fits = (document: Document) =>
    [...conditions].every(([member, bounds]) =>
      [...bounds].every(([operator, text]) =>
        compare(
          document[member],
          operator,
          member === "date" && collection === "entries" ? Number.parseInt(text, 10) : text
        )
      )
    );
  const hasConditions = [...query.keys()].some((name) => name.startsWith("find"));
  const count = Number(given ?? (collection === "entries" ? 10 : hasConditions ? 1000 : 100));
  const found = documents.filter(fits).toSorted((a, b) => {
    const [one, other] = [a[field], b[field]] as [string, string];
    return one < other ? 1 : one > other ? -1 : 0;
  });
  return { status: 200, body: found.slice(0, count) };
};
