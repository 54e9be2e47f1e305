import { instantOf, isRfc3339, isZero } from "@tideway/schemas";
import type { DatumSelection } from "../store/store.ts";

type Members = Readonly<Record<string, unknown>>;

const dataId = /^[0-9a-z]{32}$/;
/** Characters (Unicode code points) that a selector's hash may have. */
const longestHash = 1000;

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const present = (value: unknown) => value !== undefined && value !== null;
const isTime = (value: unknown) => typeof value === "string" && isRfc3339(value) && !isZero(instantOf(value));

const selectorOf = (value: unknown): { readonly by: DatumSelection["by"]; readonly value: string } | undefined => {
  if (!isObject(value)) return undefined;
  const { id, origin, deduplicator, time } = value;
  if ([id, origin, deduplicator].filter(present).length !== 1) return undefined;
  if (present(id)) {
    if (typeof id !== "string" || !dataId.test(id) || (present(time) && !isTime(time))) return undefined;
    return { by: "id", value: id };
  }
  if (present(time)) return undefined;
  if (present(origin)) {
    if (!isObject(origin) || typeof origin["id"] !== "string") return undefined;
    const length = [...origin["id"]].length;
    if (length < 1 || length > 100 || (present(origin["time"]) && !isTime(origin["time"]))) return undefined;
    return { by: "origin", value: origin["id"] };
  }
  if (!isObject(deduplicator) || typeof deduplicator["hash"] !== "string") return undefined;
  const length = [...deduplicator["hash"]].length;
  if (length < 1 || length > longestHash) return undefined;
  return { by: "hash", value: deduplicator["hash"] };
};

/** The selectors of a body: a list that is not empty, all of one kind; undefined where the platform fails with a 500. */
export const parseSelectors = (body: unknown): DatumSelection | undefined => {
  if (!Array.isArray(body) || body.length === 0) return undefined;
  const selectors = body.map(selectorOf);
  const first = selectors[0];
  if (first === undefined || selectors.some((selector) => selector?.by !== first.by)) return undefined;
  return { by: first.by, values: selectors.map((selector) => selector?.value ?? "") };
};
