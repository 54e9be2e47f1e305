import { existsSync, readFileSync, readdirSync } from "node:fs";
import {
  type Check,
  type DataSetCreate,
  checkBatch,
  checkDataSetCreate,
  checkDataSetUpdate,
  errorIssues,
  normalizeDataSetCreate
} from "@tideway/schemas";
import { describe, expect, it } from "vitest";

// Requests and answers recorded from the real platform. The recordings are not part of this repository.
const folder = new URL("../../../../shared/conformance/http/", import.meta.url);

interface User {
  readonly token: string;
  readonly userId?: string;
}
interface Step {
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>;
    readonly body?: unknown;
  };
  readonly response?: { readonly status: number; readonly body?: unknown };
}
interface Fault {
  readonly code: string;
  readonly source?: { readonly pointer?: string };
}

const files = existsSync(folder) ? readdirSync(folder) : [];
const steps = files.flatMap((file) => {
  const { steps, users } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
    readonly steps: ReadonlyArray<Step>;
    readonly users: ReadonlyArray<User>;
  };
  return steps.flatMap(({ request, response }, index) =>
    request === undefined || response === undefined
      ? []
      : [{ where: `${file} step ${index}`, users, request, response }]
  );
});

/** The faults of a body that an answer tells; none if it tells of something else. */
const told = (body: unknown): ReadonlyArray<string> | undefined => {
  const faults = errorIssues(body);
  if (faults === undefined || faults.shape === "wrapped") return undefined;
  const { errors = [body] } = body as { readonly errors?: ReadonlyArray<unknown> };
  const pointers = (errors as ReadonlyArray<Fault>).map(({ code, source }) => `${source?.pointer} ${code}`);
  return pointers.some((pointer) => pointer.startsWith("undefined")) ? undefined : pointers;
};
const found = (verdict: Check): ReadonlyArray<string> =>
  verdict.ok ? [] : verdict.issues.map(({ code, pointer }) => `${pointer} ${code}`);

const judged = (method: string, path: RegExp, check: (body: unknown) => Check, file = ""): number => {
  let count = 0;
  for (const { where, request, response } of steps) {
    if (request.method !== method || !path.test(request.path) || !("body" in request)) continue;
    if (!where.startsWith(file)) continue;
    const faults = response.status === 400 ? told(response.body) : response.status < 300 ? [] : undefined;
    if (faults === undefined) continue;
    count++;
    expect({ where, faults: found(check(request.body)) }).toEqual({ where, faults });
  }
  return count;
};

describe.skipIf(files.length === 0)("as the platform was recorded over HTTP", () => {
  it("judges bodies that open a session alike", () =>
    expect(judged("POST", /\/users\/[^/]+\/data_?sets$/, checkDataSetCreate)).toBeGreaterThan(100));

  it("judges bodies by which a service changes a session alike", () =>
    expect(judged("PUT", /\/data_sets\//, checkDataSetUpdate, "put-continuous-service.json")).toBeGreaterThan(8));

  it("judges uploads alike", () =>
    expect(
      judged("POST", /\/data$/, (body) => (Array.isArray(body) ? checkBatch(body) : { ok: true }))
    ).toBeGreaterThan(80));

  it("knows the form of every answer that tells an error, and tells its codes", () => {
    const shapes = new Set<string>();
    for (const { where, response } of steps) {
      if (response.status < 400) continue;
      const read = errorIssues(response.body);
      if (read === undefined) continue;
      shapes.add(read.shape);
      const { errors = [response.body] } = response.body as { readonly errors?: ReadonlyArray<unknown> };
      const codes = (errors as ReadonlyArray<Fault>).map(({ code }) => code ?? "router");
      expect({ where, codes: read.issues.map(({ code }) => code) }).toEqual({ where, codes });
    }
    expect([...shapes].sort()).toEqual(["router", "several", "single", "wrapped"]);
  });

  it("makes of a body what the platform answered, no member more and none less", () => {
    let compared = 0;
    for (const { where, users, request, response } of steps) {
      if (request.method !== "POST" || response.status !== 201) continue;
      compared++;
      const sent = request.body as DataSetCreate;
      const data = named((response.body as { readonly data: Record<string, unknown> }).data, sent);
      const { createdUserId, byUser: _byUser, deduplicator, ...made } = normalizeDataSetCreate(sent, asRecorded);
      const token = request.headers?.["X-Tidepool-Session-Token"];
      const creator = users.find((user) => user.token === token)?.userId ?? createdUserId;
      const server = {
        ...(creator === undefined ? {} : { byUser: creator, createdUserId: creator }),
        createdTime: "<time>",
        modifiedTime: "<time>",
        deduplicator: deduplicatorOf(deduplicator?.name) ?? data["deduplicator"]
      };
      expect({ where, data }).toEqual({ where, data: { ...made, ...server } });
    }
    expect(compared).toBeGreaterThan(50);
  });
});

/** The recordings name what the platform made so. */
const asRecorded = { newId: () => "<id>", now: "<time>" };

/** An id that later steps refer to has a name of its own in the recordings: `${setId}`. */
const named = (data: Record<string, unknown>, sent: DataSetCreate): Record<string, unknown> => {
  const id = sent.id ?? "<id>";
  const ids = { id, uploadId: sent.uploadId ?? id };
  const captured = Object.entries(ids).filter(([name]) => /^\$\{\w+\}$/.test(String(data[name])));
  return { ...data, ...Object.fromEntries(captured) };
};

/** What the platform makes of the name of a deduplicator; where none is named it chooses, which is the sandbox's affair. */
const deduplicatorOf = (name: string | undefined) => {
  if (name === undefined) return undefined;
  const known = aliases[name] ?? name;
  return { name: known, version: known.includes(".device.") ? "1.1.0" : "1.0.0" };
};
const aliases: Readonly<Record<string, string>> = {
  "org.tidepool.continuous": "org.tidepool.deduplicator.none",
  "org.tidepool.continuous.origin": "org.tidepool.deduplicator.dataset.delete.origin",
  "org.tidepool.hash-deactivate-old": "org.tidepool.deduplicator.device.deactivate.hash",
  "org.tidepool.truncate": "org.tidepool.deduplicator.device.truncate.dataset"
};

describe("errorIssues", () => {
  it.each([
    [{ errors: [{ code: "data-set-closed", title: "closed", status: "409" }], meta: {} }, "wrapped", "data-set-closed"],
    [{ code: "unauthenticated", title: "authentication token is invalid", detail: "x" }, "single", "unauthenticated"],
    [
      { errors: [{ code: "value-empty", title: "value is empty", source: { pointer: "/0/id" } }] },
      "several",
      "value-empty"
    ],
    [{ Error: "Resource not found" }, "router", "router"],
    [{ code: 401, reason: "No user matched" }, "login", "401"],
    [{ status: 403, id: "1", code: "data_cant_view", message: "user is not authorized" }, "read", "data_cant_view"]
  ])("reads %j as %s", (body, shape, code) => expect(errorIssues(body)).toMatchObject({ shape, issues: [{ code }] }));

  it("never repeats the detail: it holds values of the datum", () =>
    expect(
      JSON.stringify(
        errorIssues({ code: "value-out-of-range", title: "value is out of range", detail: "value 1001 is not" })
      )
    ).not.toContain("1001"));

  it.each([null, [], "x", {}, { errors: [] }, { errors: ["x"] }])("reads nothing into %j", (body) =>
    expect(errorIssues(body)).toBeUndefined()
  );
});
