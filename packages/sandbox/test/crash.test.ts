import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createSandbox } from "@tideway/sandbox";
import { createSqliteStore } from "@tideway/sandbox/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, reading } from "./client.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts a sandbox on a file in a process of its own. */
const start = async (path: string) => {
  const child = spawn(process.execPath, [new URL("crash-server.ts", import.meta.url).pathname, path], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, url: line };
};

const headers = { "x-tidepool-session-token": "t1", "content-type": "application/json" };

describe("a sandbox on SQLite that is killed in the middle of a load", () => {
  it("has lost nothing that it acknowledged, half a chunk of nothing, and knows every origin id again", async () => {
    const path = join(folder, "data.sqlite");
    const { child, url } = await start(path);
    const post = (target: string, body: unknown) =>
      fetch(url + target, { method: "POST", headers, body: JSON.stringify(body) });
    const set = {
      dataSetType: "continuous",
      deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
    };
    const created = await post("/v1/users/u1/data_sets", set);
    const { data } = (await created.json()) as { data: { uploadId: string } };
    const chunk = (number: number) => Array.from({ length: 200 }, (_, at) => reading(`${number}-${at}`));
    const acknowledged: Array<number> = [];
    for (let number = 0; number < 1000; number += 1) {
      if (number === 25) setTimeout(() => child.kill("SIGKILL"), 3);
      try {
        const answer = await post(`/v1/data_sets/${data.uploadId}/data`, chunk(number));
        if (answer.status === 200) acknowledged.push(number);
      } catch {
        break;
      }
    }
    await (child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined);
    expect(acknowledged.length).toBeGreaterThanOrEqual(25);
    expect(acknowledged.length).toBeLessThan(1000);

    const store = createSqliteStore({ path });
    const client = clientOf(createSandbox({ store, users: [{ userId: "u1", token: "t1" }] }), "t1");
    const perChunk = new Map<number, number>();
    for (const { origin } of (await client.read("u1", data.uploadId)) as ReadonlyArray<{ origin: { id: string } }>) {
      const number = Number(origin.id.split("-")[0]);
      perChunk.set(number, (perChunk.get(number) ?? 0) + 1);
    }
    expect(acknowledged.filter((number) => perChunk.get(number) !== 200)).toEqual([]);
    expect([...perChunk.values()].filter((count) => count !== 200)).toEqual([]);
    await client.call("POST", `/v1/data_sets/${data.uploadId}/data`, chunk(3));
    expect((await client.read("u1", data.uploadId)).length).toBe(perChunk.size * 200);
    store.close();
  });
});
