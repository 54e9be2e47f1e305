import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, readings } from "./readings.ts";
import { createCli } from "./run-cli.ts";

const hasTerminals = (() => {
  try {
    return execFileSync("script", ["--version"]).toString().includes("util-linux");
  } catch {
    return false;
  }
})();

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
  writeFileSync(join(cli.home, "many.json"), JSON.stringify(readings(3000)));
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

/** Runs a command in a terminal of so many columns; what came out of it, and the exit code. */
const inTerminal = async (
  command: string,
  columns: number,
  { env = {}, stdin = "" }: { readonly env?: { readonly [name: string]: string }; readonly stdin?: string } = {}
) => {
  const script = `stty cols ${columns} rows 24; ${command}; echo "exit $?"`;
  const run = await cli.shell(`script -qec '${script}' /dev/null`, {
    env: { ...asAnn(server), CI: "", TERM: "xterm", ...env },
    stdin,
    keepStdinOpen: stdin === ""
  });
  return { shown: run.stdout.replaceAll("\r\n", "\n"), code: Number(/exit (\d+)/u.exec(run.stdout)?.[1]) };
};

/** What is on the screen line by line, a line that is drawn anew once for each time. */
const drawn = (shown: string): ReadonlyArray<string> =>
  // oxlint-disable-next-line no-control-regex
  shown.split(/\r|\n/u).map((line) => line.replaceAll(/\u001B\[\d*[A-Za-z]/gu, ""));

describe.skipIf(!hasTerminals)("in a terminal (with util-linux's `script`)", () => {
  it.each([80, 40])("of %i columns help fits, without a broken word", async (columns) => {
    const { shown, code } = await inTerminal("tideway upload --help", columns);
    expect(code).toBe(0);
    expect(drawn(shown).filter((line) => line.length > columns)).toEqual([]);
    expect(shown).toContain("--repeated-hour");
  });

  it.each([80, 40])(
    "of %i columns an upload draws its progress in one line that fits, and takes it off",
    async (columns) => {
      const { shown, code } = await inTerminal(
        `tideway upload many.json --resend --chunk-size 200 --concurrency 1`,
        columns
      );
      expect(code).toBe(0);
      const progress = drawn(shown).filter((line) => /\d done\b/u.test(line));
      expect(progress.length).toBeGreaterThan(0);
      expect(progress.filter((line) => line.length >= columns)).toEqual([]);
      expect(shown).toContain("3,000 datums sent.");
    }
  );

  it("that is dumb, nothing is drawn anew", async () => {
    const { shown, code } = await inTerminal("tideway upload many.json --resend", 80, { env: { TERM: "dumb" } });
    expect(code).toBe(0);
    expect(shown).not.toContain("\u001B");
  });

  it("asks before it deletes, and takes no for an answer", async () => {
    const { shown, code } = await inTerminal("tideway remove many.json", 80, { stdin: "n\n" });
    expect(shown).toContain("Delete 3,000 datums, from 2026-03-01T00:00Z");
    expect(shown).toContain("Nothing was deleted.");
    expect(code).toBe(1);
  });
});
