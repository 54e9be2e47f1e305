import { expect, it } from "vitest";
import { createWorkerApi } from "../src/worker/create-worker-api.ts";
import type { Result } from "../src/worker/worker-api.ts";

const valueOf = async <A>(result: Promise<Result<A>>): Promise<A> => {
  const settled = await result;
  if ("failure" in settled) throw new Error(settled.failure.message);
  return settled.value;
};
const lines = Array.from({ length: 30 }, (_, index) =>
  JSON.stringify({
    type: "cbg",
    units: "mg/dL",
    value: 100 + index,
    time: new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString(),
    origin: { id: `cbg-${index}` }
  })
);
const selection = { files: [new File([lines.join("\n")], "a.ndjson")], answers: {}, now: Date.UTC(2026, 3, 1) };

it("opens, answers about what is opened, uploads, lists the session, and undoes", async () => {
  const api = createWorkerApi();
  expect(await api.records({ search: "", order: "time", isDescending: false, from: 0, count: 1 })).toEqual({
    failure: expect.objectContaining({ message: "No file is opened." })
  });
  const opened = await valueOf(api.open(selection, 1, () => undefined));
  expect(opened).toMatchObject({ status: "ready", preview: { counts: { sent: 30 } } });
  // It has to cross to the page.
  expect(structuredClone(opened)).toEqual(opened);
  const period = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 1) + 10 * 300_000 };
  expect((await valueOf(api.view({ period, targets: "standard" }))).summary).toMatchObject({ count: 10, mean: 104.5 });
  expect(await valueOf(api.overlaps(selection))).toMatchObject({ overlaps: [] });
  const events: Array<string> = [];
  const { receipt, verification } = await valueOf(api.upload(selection, 2, ({ type }) => events.push(type)));
  expect([receipt.sent, verification?.matched, events.at(-1)]).toEqual([30, 30, "checking"]);
  expect(await valueOf(api.sessions())).toMatchObject([{ appName: "org.tideway.web", datums: 30 }]);
  expect(await valueOf(api.undo())).toBe(30);
  expect(await valueOf(api.sessions())).toMatchObject([{ datums: 0 }]);
});
