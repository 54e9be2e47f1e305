import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { check, checkBatch } from "@tideway/schemas";
import { expect, it } from "vitest";
import { randomFrom, randomJson } from "./random-json.ts";

const run = promisify(execFile);

/** Works where a strict Content-Security-Policy forbids to make code at run time, as `new Function` does. */
it("gives the same verdicts where no code may be made at run time", async () => {
  const random = randomFrom(7);
  const good = { type: "cbg", time: "2026-05-14T08:17:08Z", units: "mg/dL", value: 120, origin: { id: "a" } };
  const values = [good, { ...good, value: 1001 }, ...Array.from({ length: 300 }, () => randomJson(random, 4))];
  const program = `
    import { check, checkBatch } from "@tideway/schemas";
    let forbidden = false;
    try { new Function(""); } catch { forbidden = true; }
    const values = JSON.parse(await new Response(process.stdin).text());
    console.log(JSON.stringify({ forbidden, each: values.map((value) => check(value)), all: checkBatch(values) }));
  `;
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program];
  const running = run(process.execPath, flags, { cwd: new URL("..", import.meta.url).pathname, maxBuffer: 2 ** 26 });
  running.child.stdin?.end(JSON.stringify(values));
  const { stdout } = await running;
  const received = JSON.parse(JSON.stringify(values)) as ReadonlyArray<unknown>;
  const expected = { forbidden: true, each: received.map((value) => check(value)), all: checkBatch(received) };
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(expected)));
});
