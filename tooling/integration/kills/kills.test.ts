import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@tideway/core";
import { createTransport, fixedToken } from "@tideway/transport";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundlePrograms } from "../../bundle/bundle-programs.ts";
import { killedDatums } from "./killed-datums.ts";
import { Victims, start } from "./victims.ts";

// A few each time; `TIDEWAY_KILLS=200 npm test -- tooling/integration/kills` for many.
const kills = Number(process.env["TIDEWAY_KILLS"] ?? 12);
const folder = mkdtempSync(join(tmpdir(), "tideway-kills-"));

let server: ChildProcess;
let victims: Victims;
let url = "";

beforeAll(async () => {
  const bundle = (name: string) => bundlePrograms([join(import.meta.dirname, name)], folder);
  server = start(await bundle("server.ts"));
  url = await new Promise((resolve) => server.stdout!.once("data", (bytes: Buffer) => resolve(String(bytes).trim())));
  victims = new Victims(await bundle("killed-upload.ts"), 3);
});

afterAll(() => {
  victims.end();
  server.kill();
  rmSync(folder, { recursive: true });
});

/** Random, and the same in every run of the test. */
const moments = function* (seed: number) {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
};

describe("promise 17: a process killed at any moment", () => {
  it(`is followed by a run that ends in the undisturbed state, after ${kills} kills`, async () => {
    const random = moments(7);
    const ledger = join(folder, "ledger.db");
    const transport = createTransport({ environment: url, credentials: fixedToken("a-token-that-works") });
    const client = createClient({
      transport,
      userId: "5ada5ada55",
      app: { name: "org.example.killed", version: "1.0.0" }
    });
    // An undisturbed run, to know how long there is something to be killed.
    const began = performance.now();
    expect(await victims.run({ url, ledger, version: 0 })).toBe(true);
    const longest = performance.now() - began;
    let killed = 0;
    let version = 0;
    while (killed < kills) {
      version++;
      // A few kills for each version of the data, then a run to its end and a look at everything that is there.
      for (let round = 0; round < 9 && killed < kills; round++) {
        const ended = await victims.run({ url, ledger, version }, random.next().value! * longest);
        if (!ended) killed++;
      }
      expect(await victims.run({ url, ledger, version })).toBe(true);
      const verification = await client.verify(killedDatums(version));
      // Of 35 wizards with a bolus inside five are left out each time.
      expect(verification).toMatchObject({ expected: 330, matched: 330, stored: 330, differences: [] });
    }
    expect((await client.session.list()).filter(({ deletedTime }) => deletedTime === undefined)).toHaveLength(1);
  }, 600_000);
});
