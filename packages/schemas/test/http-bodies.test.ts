import { existsSync, readFileSync, readdirSync } from "node:fs";
import {
  type Check,
  checkBatch,
  checkDataSetCreate,
  checkDataSetUpdate,
  errorIssues,
  normalizeDataSetCreate
} from "@tideway/schemas";
import { describe, expect, it } from "vitest";

// Requests and answers recorded from the real platform. The recordings are not part of this repository.
const folder = new URL("../../../../shared/conformance/http/", import.meta.url);

interface Step {
  readonly request?: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly response?: { readonly status: number; readonly body?: unknown };
}
interface Fault {
  readonly code: string;
  readonly source?: { readonly pointer?: string };
}

const files = existsSync(folder) ? readdirSync(folder) : [];
const steps = files.flatMap((file) => {
  const { steps } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as { readonly steps: ReadonlyArray<Step> };
  return steps.flatMap(({ request, response }, index) =>
    request === undefined || response === undefined ? [] : [{ where: `${file} step ${index}`, request, response }]
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

  it("makes of a body what the platform answered", () => {
    for (const { where, request, response } of steps) {
      if (request.method !== "POST" || response.status !== 201) continue;
      const { data } = response.body as { readonly data: Record<string, unknown> };
      const made = normalizeDataSetCreate(request.body as object, { newId: () => "made", now: "now" });
      const { id, uploadId, time, deduplicator, createdTime, modifiedTime, byUser, createdUserId, ...rest } = made;
      expect([id, uploadId, time, deduplicator, createdTime, modifiedTime, byUser, createdUserId]).toHaveLength(8);
      expect({ where, data }).toMatchObject({ where, data: rest });
    }
  });
});

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
