import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```ts\n([^`]+(?:`[^`]+)*?)```\n\n```text\n([^`]*)```/g)];

it("has examples to run", () => expect(examples).toHaveLength(3));

it.each(examples.map(([, code = "", output = ""]) => [code.split("\n").at(2) ?? "", code, output]))(
  "prints what the README says: %s",
  async (_name, code, output) => {
    const { stdout } = await run(process.execPath, ["--input-type=module-typescript", "--eval", code], {
      cwd: new URL("..", import.meta.url).pathname
    });
    expect(stdout).toBe(output);
  }
);
