import type { RawRequest, Servers } from "../over-sockets.ts";
import { difference, differenceUnordered } from "./matches.ts";
import { filled, type RequestStep, type Scenario, type StoredStep } from "./scenario.ts";

type Members = Readonly<Record<string, unknown>>;

const rawOf = ({
  method,
  path,
  query,
  headers = {},
  body,
  rawBody,
  rawBodyBase64
}: RequestStep["request"]): RawRequest => {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((line) => [name, line] as const)
  );
  const bytes =
    rawBodyBase64 !== undefined
      ? Uint8Array.from(atob(rawBodyBase64), (char) => char.charCodeAt(0))
      : (rawBody ?? (body === undefined ? undefined : JSON.stringify(body)));
  return { method, target: query === undefined ? path : `${path}?${query}`, lines, body: bytes };
};

const pointed = (body: unknown, pointer: string): string => {
  let at = body;
  for (const part of pointer.split("/").slice(1)) at = (at as Members)[part];
  return String(at);
};

const replayRequest = async (
  step: RequestStep,
  servers: Servers,
  captured: Record<string, string>
): Promise<string | undefined> => {
  const { status, headers, text } = await servers.ask(rawOf(filled(step.request, captured) as RequestStep["request"]));
  const expected = step.response;
  if (status !== expected.status) return `status ${status} instead of ${expected.status}: ${text.slice(0, 300)}`;
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  for (const [name, pointer] of Object.entries(step.capture ?? {})) captured[name] = pointed(body, pointer);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const differs = difference(filled(value, captured), headers.get(name), `header ${name}`);
    if (differs !== undefined) return differs;
  }
  const wanted = filled(expected.body, captured);
  return expected.unordered ? differenceUnordered(wanted, body) : difference(wanted, body);
};

/** Everybody whose data the scenario may be about. */
const userIdsOf = ({ users, steps }: Scenario): ReadonlyArray<string> => {
  const paths = steps.flatMap((step) => ("request" in step ? [step.request.path] : []));
  const named = paths.flatMap((path) => /^\/v1\/users\/([^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set([...users.flatMap(({ userId }) => userId ?? []), ...named])];
};

const recordsOf = async (userIds: ReadonlyArray<string>, servers: Servers, uploadId: string) => {
  const left = new Set(["createdTime", "modifiedTime", "uploadId", "guid", "provenance"]);
  const records = (await Promise.all(userIds.map((userId) => servers.read(userId, uploadId)))).flat();
  const shown: ReadonlyArray<Members> = records.map((record) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith("_") && !left.has(name)))
  );
  const key = (record: Members) => {
    const { id: _id, ...rest } = record as Members & { readonly origin?: { readonly id?: string } };
    return [String(rest["time"]), rest.origin?.id ?? "", String(rest["type"]), JSON.stringify(rest)];
  };
  const compare = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): number => {
    const at = a.findIndex((part, index) => part !== b[index]);
    return at < 0 ? 0 : (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
  };
  return shown.toSorted((a, b) => compare(key(a), key(b)));
};

const replayStored = async (
  { stored }: StoredStep,
  userIds: ReadonlyArray<string>,
  servers: Servers,
  captured: Readonly<Record<string, string>>
): Promise<string | undefined> => {
  const found = await recordsOf(userIds, servers, String(filled(stored.set, captured)));
  if (stored.records === undefined) {
    return found.length === stored.count ? undefined : `${found.length} records instead of ${stored.count}`;
  }
  return difference(filled(stored.records, captured), found);
};

/** Plays a scenario and says where it first went another way, or nothing. */
export const replay = async (scenario: Scenario, servers: Servers): Promise<string | undefined> => {
  const captured: Record<string, string> = {};
  const userIds = userIdsOf(scenario);
  for (const [index, step] of scenario.steps.entries()) {
    const differs =
      "stored" in step
        ? await replayStored(step, userIds, servers, captured)
        : await replayRequest(step, servers, captured);
    if (differs !== undefined) return `step ${index + 1}: ${differs}`;
  }
  return undefined;
};
