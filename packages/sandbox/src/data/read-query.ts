import { instantOf, isRfc3339 } from "@tideway/schemas";

/** What GET /data/{userId} was asked for. */
export interface ReadQuery {
  readonly uploadId?: string;
  readonly deviceId?: string;
  readonly types?: ReadonlySet<string>;
  readonly subTypes?: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly latest: boolean;
  readonly carelink: boolean;
  readonly medtronic: boolean;
  readonly cbgFilter: boolean;
  /** Milliseconds. */
  readonly sampleIntervalMinimum?: number;
  readonly reason?: string;
}

const yes = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const no = new Set(["0", "f", "F", "FALSE", "false", "False"]);

class Unreadable extends Error {}

const time = (value: string | null): number | undefined => {
  if (value === null || value === "") return undefined;
  if (!isRfc3339(value)) throw new Unreadable();
  const { seconds, nanos } = instantOf(value);
  return seconds * 1000 + nanos / 1e6;
};

const bool = (value: string | null, otherwise: boolean): boolean => {
  if (value === null || value === "") return otherwise;
  if (!yes.has(value) && !no.has(value)) throw new Unreadable();
  return yes.has(value);
};

const int = (value: string | null): number | undefined => {
  if (value === null || value === "") return undefined;
  if (!/^[+-]?\d+$/.test(value)) throw new Unreadable();
  return Number(value);
};

const list = (value: string | null) => (value === null || value === "" ? undefined : new Set(value.split(",")));

/** Reads the parameters; unknown ones are ignored, unreadable ones give undefined. */
export const parseReadQuery = (parameters: URLSearchParams): ReadQuery | undefined => {
  const get = (name: string) => parameters.get(name);
  const members = (): ReadQuery => ({
    ...optional("uploadId", get("uploadId") || undefined),
    ...optional("deviceId", get("deviceId") || undefined),
    ...optional("types", list(get("type"))),
    ...optional("subTypes", list(get("subType"))),
    ...optional("from", time(get("startDate"))),
    ...optional("to", time(get("endDate"))),
    ...optional("sampleIntervalMinimum", int(get("sampleIntervalMinimum"))),
    ...optional("reason", get("dosingDecision.reason") || undefined),
    latest: bool(get("latest"), false),
    carelink: bool(get("carelink"), false),
    medtronic: bool(get("medtronic"), false),
    cbgFilter: bool(get("cbgFilter"), !bool(get("dexcom"), false))
  });
  try {
    return members();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
};

const optional = <Name extends string, Value>(
  name: Name,
  value: Value | undefined
): { readonly [key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]: Value });
