import type { Sandbox } from "@tideway/sandbox";
import { difference, differenceUnordered } from "./matches.ts";
import { filled, type RequestStep, type Scenario, type StoredStep } from "./scenario.ts";

type Members = Readonly<Record<string, unknown>>;

function toRequest({ request }: RequestStep, base: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    for (const line of typeof value === "string" ? [value] : value) headers.append(name, line);
  }
  const { body, rawBody, rawBodyBase64 } = request;
  const bytes =
    rawBodyBase64 !== undefined
      ? Uint8Array.from(atob(rawBodyBase64), (char) => char.charCodeAt(0))
      : (rawBody ?? (body === undefined ? null : JSON.stringify(body)));
  const query = request.query === undefined ? "" : `?${request.query}`;
  return new Request(`${base}${request.path}${query}`, { method: request.method, headers, body: bytes });
}

function pointed(body: unknown, pointer: string): string {
  let at = body;
  for (const part of pointer.split("/").slice(1)) at = (at as Members)[part];
  return String(at);
}

async function replayRequest(
  step: RequestStep,
  sandbox: Pick<Sandbox, "fetch">,
  captured: Record<string, string>
): Promise<string | undefined> {
  const request = filled(step.request, captured) as RequestStep["request"];
  const answer = await sandbox.fetch(toRequest({ ...step, request }, "http://sandbox.test"));
  const text = await answer.text();
  const expected = step.response;
  if (answer.status !== expected.status)
    return `status ${answer.status} instead of ${expected.status}: ${text.slice(0, 300)}`;
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  for (const [name, pointer] of Object.entries(step.capture ?? {})) captured[name] = pointed(body, pointer);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const differs = difference(filled(value, captured), answer.headers.get(name), new Map(), `header ${name}`);
    if (differs !== undefined) return differs;
  }
  if (expected.body === undefined) return undefined;
  const wanted = filled(expected.body, captured);
  return expected.unordered ? differenceUnordered(wanted, body) : difference(wanted, body, new Map());
}

function recordsOf(sandbox: Sandbox, uploadId: string): ReadonlyArray<Members> {
  const left = new Set(["createdTime", "modifiedTime", "uploadId", "guid", "provenance"]);
  const records = [...sandbox.store.readDatums({ uploadIds: [uploadId] })].map(
    ({ json }) => JSON.parse(json) as Members
  );
  const shown = records.map((record) =>
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
  return shown.sort((a, b) => compare(key(a), key(b)));
}

function replayStored({ stored }: StoredStep, sandbox: Sandbox, captured: Readonly<Record<string, string>>) {
  const found = recordsOf(sandbox, String(filled(stored.set, captured)));
  if (stored.records === undefined) {
    return found.length === stored.count ? undefined : `${found.length} records instead of ${stored.count}`;
  }
  return difference(filled(stored.records, captured), found, new Map());
}

/** Plays a scenario against a sandbox and says where it first went another way, or nothing. */
export async function replay(scenario: Scenario, sandbox: Sandbox): Promise<string | undefined> {
  const captured: Record<string, string> = {};
  for (const [index, step] of scenario.steps.entries()) {
    const differs =
      "stored" in step ? replayStored(step, sandbox, captured) : await replayRequest(step, sandbox, captured);
    if (differs !== undefined) return `step ${index + 1}: ${differs}`;
  }
  return undefined;
}
