import { titleOf, type Problem } from "../http/errors.ts";
import { readParameters } from "../http/parameters.ts";

/** What a list route was asked for. */
export interface ListQuery {
  readonly clientName?: string;
  readonly deviceId?: string;
  readonly deleted: boolean;
  /** How many to pass over: pages by their size, as 64 bits have it, and so negative for some that are far too large. */
  readonly offset: number;
  readonly size: number;
}

/** The outcome: a query, problems to tell, or text that is no query at all. */
export type ParsedQuery =
  | { readonly kind: "query"; readonly query: ListQuery }
  | { readonly kind: "problems"; readonly problems: ReadonlyArray<Problem> }
  | { readonly kind: "malformed" };

/** What is told of a query that cannot be taken apart: an error without a code. */
export const unreadableQuery = { detail: "unable to parse query" };

const yes = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const no = new Set(["0", "f", "F", "FALSE", "false", "False"]);
const integer = /^[+-]?\d+$/;

const problem = (parameter: string, code: string, detail: string): Problem => ({
  code,
  title: titleOf(code),
  detail,
  source: { parameter }
});

/**
 * Reads the query of a list route. Problems come in three phases and only the first with any is told: values of the
 * wrong type and parameters that are unknown or repeated; then values out of their range.
 */
export const parseListQuery = (text: string, filters: ReadonlyArray<"client.name" | "deviceId">): ParsedQuery => {
  const { values: parameters, malformed } = readParameters(text);
  if (malformed) return { kind: "malformed" };
  const single = (name: string) => (parameters.get(name)?.length === 1 ? parameters.get(name)?.[0] : undefined);
  const known = new Set<string>([...filters, "deleted", "page", "size"]);

  const wrong: Array<Problem> = [];
  const deletedText = single("deleted");
  if (deletedText !== undefined && !yes.has(deletedText) && !no.has(deletedText)) {
    wrong.push(problem("deleted", "type-not-bool", "type is not bool, but string"));
  }
  const int = (name: string, otherwise: bigint): bigint => {
    const value = single(name);
    if (value === undefined) return otherwise;
    if (integer.test(value)) {
      const found = BigInt(value.replace("+", ""));
      if (BigInt.asIntN(64, found) === found) return found;
    }
    wrong.push(problem(name, "type-not-int", "type is not int, but string"));
    return otherwise;
  };
  const page = int("page", 0n);
  const size = int("size", 100n);
  for (const [name, values] of parameters) {
    if (!known.has(name) || values.length > 1) wrong.push(problem(name, "not-parsed", "not parsed"));
  }
  if (wrong.length > 0) return { kind: "problems", problems: wrong };

  const invalid: Array<Problem> = [];
  for (const name of filters) {
    if (single(name) === "") invalid.push(problem(name, "value-empty", "value is empty"));
  }
  if (page < 0) invalid.push(problem("page", "value-out-of-range", `value ${page} is not greater than or equal to 0`));
  if (size < 1 || size > 1000) {
    invalid.push(problem("size", "value-out-of-range", `value ${size} is not between 1 and 1000`));
  }
  if (invalid.length > 0) return { kind: "problems", problems: invalid };

  const clientName = single("client.name");
  const deviceId = single("deviceId");
  return {
    kind: "query",
    query: {
      ...(clientName === undefined ? {} : { clientName }),
      ...(deviceId === undefined ? {} : { deviceId }),
      deleted: deletedText !== undefined && yes.has(deletedText),
      offset: Math.min(Number(BigInt.asIntN(64, page * size)), Number.MAX_SAFE_INTEGER),
      size: Number(size)
    }
  };
};
