import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("promise 15: V8's heap stays small in a program that keeps it so", () => {
  const program = fileURLToPath(new URL("churning-program.ts", import.meta.url));
  const most = (...args: ReadonlyArray<string>) =>
    Number(execFileSync(process.execPath, ["--no-warnings", program, ...args], { encoding: "utf8" }));
  // Left to itself V8 takes three times as much for the same work.
  expect(most("steady") / most()).toBeLessThan(0.6);
});
