import { createClient } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { expect, it } from "vitest";
import { verificationSentence, headingOf, stateOf } from "../src/receipt/receipt-sentences.ts";
import { uploadFiles } from "../src/worker/upload-files.ts";

const cbg = (minute: number, value: number) => ({
  type: "cbg",
  units: "mg/dL",
  value,
  time: new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString(),
  origin: { id: `cbg-${minute}` }
});
const selectionOf = (...lines: ReadonlyArray<unknown>) => ({
  files: [new File([lines.map((line) => JSON.stringify(line)).join("\n")], "a.ndjson")],
  answers: {},
  now: Date.UTC(2026, 3, 1)
});
const clientOver = (transport: ReturnType<typeof createMemoryTransport>) =>
  createClient({
    transport,
    userId: "u",
    app: { name: "org.example", version: "1.0.0" },
    ledger: createMemoryLedger()
  });
const quiet = { signal: new AbortController().signal, onProgress: () => {}, onChecking: () => {} };

it("gives each refused datum back as it came", async () => {
  const outcome = await uploadFiles(clientOver(createMemoryTransport()), selectionOf(cbg(0, 100), cbg(5, -5)), quiet);
  expect(outcome.rejections).toMatchObject([{ at: "line 2", datum: cbg(5, -5) }]);
  expect(stateOf(outcome)).toBe("arrived");
});

it("keeps the receipt where reading back is stopped, and says that all was sent", async () => {
  const controller = new AbortController();
  const outcome = await uploadFiles(clientOver(createMemoryTransport()), selectionOf(cbg(0, 100)), {
    ...quiet,
    signal: controller.signal,
    onChecking: () => controller.abort()
  });
  expect(outcome.receipt.sent).toBe(1);
  expect([headingOf(outcome), stateOf(outcome)]).toEqual(["All is sent, and was not compared", "nothing"]);
  expect(verificationSentence(outcome)).toMatch(/^Everything was sent and acknowledged\. .+it was stopped/);
});

it("lists what differs from what was sent", async () => {
  const transport = createMemoryTransport();
  const client = clientOver(transport);
  const outcome = await uploadFiles(client, selectionOf(cbg(0, 100), cbg(5, 110)), {
    ...quiet,
    onChecking: () => void transport.deleteData(transport.dataSets[0]?.id ?? "", [{ origin: { id: "cbg-5" } }])
  });
  expect(outcome.verification?.differences).toMatchObject([{ originId: "cbg-5", found: "missing" }]);
  expect([headingOf(outcome), stateOf(outcome)]).toEqual(["Not everything arrived as it was sent", "fault"]);
});

it("opens no session where nothing can be sent", async () => {
  const transport = createMemoryTransport();
  const outcome = await uploadFiles(clientOver(transport), selectionOf(cbg(5, -5)), quiet);
  expect([transport.calls, outcome.verification, stateOf(outcome)]).toEqual([[], undefined, "fault"]);
});
